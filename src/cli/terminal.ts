import { createInterface } from 'node:readline';
import { Stopped } from './usage-error';

/** Marks parts of a text for people. */
export interface Style {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** What a command knows of the place that it was started from. */
export interface Terminal {
  readonly style: Style;
  /** Asks the user a question; absent where there is no terminal to answer at. */
  readonly ask?: (question: string) => Promise<string>;
  /** Prints at once, for commands that go on. */
  readonly print: (text: string) => void;
}

const same = (text: string): string => text;

export const PLAIN: Style = { good: same, bad: same, strong: same, faint: same };

const between = (start: number, end: number) => (text: string) =>
  `\u001b[${String(start)}m${text}\u001b[${String(end)}m`;

export const COLOURED: Style = {
  good: between(32, 39),
  bad: between(31, 39),
  strong: between(1, 22),
  faint: between(2, 22),
};

/** The terminal of this process, if there is one. Questions go to standard error: standard output is the report's. */
export function terminalOf(
  { stdin, stdout, stderr, env }: NodeJS.Process,
  print: (text: string) => unknown,
): Terminal {
  const terminal = { style: styleFor(stdout, env), print: (text: string) => void print(text) };
  return stdin.isTTY && stderr.isTTY ? { ...terminal, ask: askAt(stdin, stderr) } : terminal;
}

/** Asks a question, and waits for a line. Ctrl-C and Ctrl-D reject with {@link Stopped}. */
export function askAt(input: NodeJS.ReadableStream, output: NodeJS.WritableStream) {
  return (question: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const line = createInterface({ input, output });
      line.once('close', () => reject(new Stopped('Stopped: nothing was written.'))); // Ctrl-C, Ctrl-D
      line.question(question, (answer) => {
        resolve(answer.trim());
        line.close();
      });
    });
}

/**
 * Colours for a stream: on a terminal, unless `NO_COLOR` is set (https://no-color.org) or the terminal
 * says that it has none.
 */
export function styleFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Style {
  const isPlain = stream.isTTY !== true || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return isPlain ? PLAIN : COLOURED;
}
