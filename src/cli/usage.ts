import type { Command } from './command';

const COMMON = 'With all commands:\n  -h, --help        print this\n  -v, --version     print the version\n';

/** How a command is called. */
export function usageOf({ usage }: Command): string {
  return `${usage}\n${COMMON}`;
}

/** Where the options are, in one line: above it stands an error, which is what the user is to read. */
export function hintOf(command: Command | undefined): string {
  return `Help: npx chatkit-controllers ${command === undefined ? '' : `${command.name} `}--help\n`;
}

/** All commands, a line each. */
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
    'Exit codes: 0 all is well, 1 there are problems, 2 the command was not understood or failed.',
    '',
    COMMON,
  ].join('\n');
}
