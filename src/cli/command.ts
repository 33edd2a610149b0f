import type { Terminal } from './terminal';

/** An option of a command, as `--name` or `--name value`. */
export interface Option {
  readonly type: 'string' | 'boolean';
  /** Its letter, for example `y` for `-y`. */
  readonly short?: string;
  /** Whether it may be given several times. */
  readonly multiple?: true;
}

export type Options = Readonly<Record<string, Option>>;

/** The given value of each option. */
export type Values<O extends Options = Options> = {
  readonly [Name in keyof O]?: ValueOf<O[Name]> | undefined;
};

type ValueOf<O extends Option> = O['type'] extends 'boolean'
  ? boolean
  : O extends { multiple: true }
    ? readonly string[]
    : string;

/** The output and exit code of a command. */
export interface Result {
  /** 0: success. 1: problems were found. 2: the command was not understood or failed. */
  readonly code: 0 | 1 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

/** One command of the command line. */
export interface Command<O extends Options = Options> {
  readonly name: string;
  /** A line of the overview: the command with its required arguments, and what it does. */
  readonly summary: readonly [call: string, what: string];
  /** The text of `--help`. */
  readonly usage: string;
  readonly options: O;
  /** The name of the positional argument in messages, if the command takes one. */
  readonly positional?: string;
  /** @throws UsageError if an argument is missing or invalid */
  run(values: Values<O>, positional: string | undefined, terminal: Terminal): Result | Promise<Result>;
}

/** Defines a command. The types of its values are inferred from its options. */
export function defineCommand<const O extends Options>(command: Command<O>): Command {
  return command;
}

/** A result that consists of a report on standard output. */
export function report(code: 0 | 1, stdout: string): Result {
  return { code, stdout, stderr: '' };
}

export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
