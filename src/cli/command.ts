import type { Terminal } from './terminal';

/** An option of a command, as `--name` or `--name value`. */
export interface Option {
  readonly type: 'string' | 'boolean';
  /** Its letter, as in `-y`. */
  readonly short?: string;
  /** Whether it may be given several times. */
  readonly multiple?: true;
}

export type Options = Readonly<Record<string, Option>>;

/** What was given for each option. */
export type Values<O extends Options = Options> = {
  readonly [Name in keyof O]?: ValueOf<O[Name]> | undefined;
};

type ValueOf<O extends Option> = O['type'] extends 'boolean'
  ? boolean
  : O extends { multiple: true }
    ? readonly string[]
    : string;

/** What a command has to say, and how it ends. */
export interface Result {
  /** 0: all is well. 1: problems were found. 2: the command was not understood, or could not do its work. */
  readonly code: 0 | 1 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

/** One command of the command line. */
export interface Command<O extends Options = Options> {
  readonly name: string;
  /** The command with what has to be given, and what it does: a line of the overview. */
  readonly summary: readonly [call: string, what: string];
  /** The text of `--help`. */
  readonly usage: string;
  readonly options: O;
  /** What may be given without an option's name, as it is called in messages. */
  readonly positional?: string;
  /** @throws UsageError when something is missing, or does not fit */
  run(values: Values<O>, positional: string | undefined, terminal: Terminal): Result | Promise<Result>;
}

/** Checks a command's parts against each other; its values are typed by its options. */
export function defineCommand<const O extends Options>(command: Command<O>): Command {
  return command;
}

/** The report alone, as people or as programs read it. */
export function report(code: 0 | 1, stdout: string): Result {
  return { code, stdout, stderr: '' };
}

export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
