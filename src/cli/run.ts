import { DeveloperError, messageOf } from '../errors';
import { causesOf } from './causes';
import type { Command, Result } from './command';
import { COMMANDS } from './commands';
import { didYouMean } from './did-you-mean';
import { readManifest } from './manifest';
import { parseOptions } from './parse-options';
import { PLAIN, type Terminal } from './terminal';
import { hintOf, overviewOf, usageOf } from './usage';
import { Stopped, UsageError } from './usage-error';

/** A terminal that cannot ask or print, for tests. */
const NO_TERMINAL: Terminal = { style: PLAIN, print: () => undefined };

/** Codes of the command's own errors, rather than errors of an app that it loads. */
const WITHOUT_STACK: ReadonlySet<string> = new Set(['typescript_missing', 'project_not_written']);

/** Runs the command. Never rejects. */
export async function run(args: readonly string[], terminal: Terminal = NO_TERMINAL): Promise<Result> {
  const command = COMMANDS.find(({ name }) => name === args[0]);
  if (args.length === 0) return failure(overviewOf(COMMANDS));
  try {
    const asked = beforeAnyCommand(args, command);
    if (asked !== undefined) return { code: 0, stdout: asked, stderr: '' };
    if (command === undefined) throw new UsageError(noCommand(args[0] ?? ''));
    const { values, positional } = parseOptions(command, args.slice(1));
    return await command.run(values, positional, terminal);
  } catch (error) {
    if (error instanceof Stopped) return failure(`${error.message}\n`);
    if (error instanceof UsageError) return failure(`${error.message}\n${hintOf(command)}`);
    if (error instanceof DeveloperError && WITHOUT_STACK.has(error.code))
      return failure(`${error.code}: ${error.message}\n`);
    return failure(`${describe(error)}\n${adviceFor(error)}`);
  }
}

/** The output of `--help` and `--version`, which take precedence over all other options. */
function beforeAnyCommand(args: readonly string[], command: Command | undefined): string | undefined {
  const end = args.indexOf('--');
  const given = new Set(end === -1 ? args : args.slice(0, end));
  if (given.has('--help') || given.has('-h')) return usageFor(command);
  return given.has('--version') || given.has('-v') ? `${readManifest().version}\n` : undefined;
}

function usageFor(command: Command | undefined): string {
  return command === undefined ? overviewOf(COMMANDS) : usageOf(command);
}

function noCommand(name: string): string {
  if (name.startsWith('-')) return `Name the command first, before ${name}.`;
  const names = COMMANDS.map((command) => command.name);
  return `There is no command "${name}".${didYouMean(name, names, (command) => `"${command}"`)}`;
}

/** Without reflect-metadata, decorators of other packages fail with messages that do not name it. */
function adviceFor(error: unknown): string {
  const missing = error instanceof TypeError && /Reflect\.\w+ is not a function/.test(error.message);
  return missing && !('getMetadata' in Reflect)
    ? "\nreflect-metadata is not loaded. Put `import 'reflect-metadata';` first in the module of the app.\n"
    : '';
}

/** The result of a command that failed. */
export function failure(stderr: string): Result {
  return { code: 2, stdout: '', stderr };
}

/** An error with its stack and causes. */
export function describe(error: unknown): string {
  return causesOf(error).map(text).join('\nCaused by: ');
}

function text(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : `Thrown: ${messageOf(error)}`;
}
