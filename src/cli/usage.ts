import type { Command } from './command';

const COMMON = 'With all commands:\n  -h, --help        print this\n  -v, --version     print the version\n';

/** The usage text of a command. */
export function usageOf({ usage }: Command): string {
  return `${usage}\n${COMMON}`;
}

/** One line about `--help`, short so that the user reads the error message above it. */
export function hintOf(command: Command | undefined): string {
  return `Help: npx chatkit-controllers ${command === undefined ? '' : `${command.name} `}--help\n`;
}

/** All commands, one per line. */
export function overviewOf(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ summary: [call] }) => call.length));
  const lines = commands.map(({ summary: [call, what] }) => `  ${call.padEnd(width)}  ${what}`);
  return [
    'Usage: chatkit-controllers <command> [options]',
    '',
    'Commands:',
    ...lines,
    '',
    'The options of a command: chatkit-controllers <command> --help',
    'Exit codes: 0 success, 1 there are problems, 2 the command was not understood or failed.',
    '',
    COMMON,
  ].join('\n');
}
