import type { Choices } from './choices';

/** The choices that are asked for. The package manager is the one that called the command. */
export type Answers = Pick<Choices, 'store' | 'agent' | 'module'>;

type Ask = (question: string) => Promise<string>;

/** A value to choose, and what it means. */
type Choice<T> = readonly [value: T, label: string, meaning: string];

const STORES: readonly Choice<Choices['store']>[] = [
  ['sqlite', 'sqlite', 'a file; one server'],
  ['postgres', 'postgres', 'a database; any number of servers'],
  ['memory', 'memory', 'is lost when the server stops'],
];

const ANSWERERS: readonly Choice<boolean>[] = [
  [false, 'code', 'a controller answers messages'],
  [true, 'agent', 'an agent of the OpenAI Agents SDK answers them'],
];

const MODULES: readonly Choice<Choices['module']>[] = [
  ['esm', 'esm', 'ES modules'],
  ['commonjs', 'commonjs', 'compiled to require()'],
];

/** Asks for the choices that no option sets; Enter takes the first value. */
export async function askChoices(ask: Ask, given: Partial<Answers>): Promise<Answers> {
  const store = given.store ?? (await choose(ask, 'Where are threads kept?', STORES));
  const agent = given.agent ?? (await choose(ask, 'What answers?', ANSWERERS));
  const module = given.module ?? (await choose(ask, 'Which kind of modules?', MODULES));
  return { store, agent, module };
}

/** Repeats the question until the answer is empty, or a number or name from the list. */
async function choose<T>(ask: Ask, question: string, choices: readonly Choice<T>[]): Promise<T> {
  const width = Math.max(...choices.map(([, label]) => label.length));
  const lines = choices.map(
    ([, label, meaning], index) => `  ${String(index + 1)}. ${label.padEnd(width)}  ${meaning}`,
  );
  for (;;) {
    const answer = await ask(`${[question, ...lines].join('\n')}\n[1] `);
    const found =
      answer === ''
        ? choices[0]
        : choices.find(([, label], index) => [label, String(index + 1)].includes(answer));
    if (found !== undefined) return found[0];
  }
}
