import { createInterface } from 'node:readline';
import { Stopped } from './usage-error';

/** Formats parts of a text for the terminal. */
export interface Style {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

/** The terminal in which a command runs. */
export interface Terminal {
  readonly style: Style;
  /** Asks the user a question; absent if the input is not interactive. */
  readonly ask?: (question: string) => Promise<string>;
  /** Prints immediately, for long-running commands. */
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

/** The terminal of this process. Questions go to standard error, since standard output is for the report. */
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
 * The style for a stream: colours on a terminal, unless `NO_COLOR` is set (https://no-color.org) or `TERM`
 * is `dumb`.
 */
export function styleFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Style {
  const isPlain = stream.isTTY !== true || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return isPlain ? PLAIN : COLOURED;
}
