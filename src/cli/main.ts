#!/usr/bin/env node
import type { Result } from './command';
import { describe, failure, run } from './run';
import { terminalOf } from './terminal';

const write = {
  stdout: process.stdout.write.bind(process.stdout),
  stderr: process.stderr.write.bind(process.stderr),
};

// Standard output is the report's alone: what the app prints while it loads goes beside it.
process.stdout.write = write.stderr;

// Read by the app, which may use another copy of this package: it serves nothing, and says no "ready".
process.env['CHATKIT_CONTROLLERS_CHECK'] = '1';

// What the app leaves behind (a port in use, a database that is not there) is no problem of its widgets.
process.on('uncaughtException', (error) => end(failure(`${describe(error)}\n`)));
process.on('unhandledRejection', (error) => end(failure(`${describe(error)}\n`)));
process.stdout.on('error', () => process.exit(2)); // the reading process has left

void run(process.argv.slice(2), terminalOf(process, write.stdout)).then(end);

let isEnding = false;

/** Ends the process once all is written: the app may hold timers and sockets that would keep it. */
function end({ code, stdout, stderr }: Result): void {
  if (isEnding) return; // what was found first stands
  isEnding = true;
  write.stderr(stderr, () => write.stdout(stdout, () => process.exit(code)));
}
