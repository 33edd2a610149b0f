import type { Choices } from './choices';
import { commandsOf } from './package-manager';

/** A command to type, and why. */
export type Step = readonly [command: string, why?: string];

/** The steps from the new files to the chat in a browser. */
export function firstSteps(choices: Choices): Step[] {
  const { install, run, test } = commandsOf(choices.packageManager);
  return [
    [install],
    [test, 'writes a message and clicks a button'],
    ...environmentStep(choices),
    [run('dev'), 'then open http://localhost:8000/chatkit/playground/'],
  ];
}

function environmentStep({ store, agent }: Choices): Step[] {
  const needed = store === 'postgres' ? 'and put your DATABASE_URL into it' : undefined;
  const possible = agent ? 'with your OPENAI_API_KEY; without one a script answers' : undefined;
  const why = needed ?? possible;
  return why === undefined ? [] : [['cp .env.example .env', why]];
}

/** Steps as lines for a shell, with the reasons as aligned comments. */
export function stepLines(steps: readonly Step[], mark = (comment: string): string => comment): string[] {
  const width = Math.max(...steps.map(([command]) => command.length));
  return steps.map(([command, why]) =>
    why === undefined ? command : `${command.padEnd(width)}  ${mark(`# ${why}`)}`,
  );
}
