#!/usr/bin/env node
import type { Result } from './command';
import { describe, failure, run } from './run';
import { terminalOf } from './terminal';

const write = {
  stdout: process.stdout.write.bind(process.stdout),
  stderr: process.stderr.write.bind(process.stderr),
};

// Standard output is for the report only, so the app's output goes to standard error.
process.stdout.write = write.stderr;

// Read by the app, which may use another copy of this package: it serves nothing and logs no "ready".
process.env['CHATKIT_CONTROLLERS_CHECK'] = '1';

// Errors after loading (a port in use, a missing database) are failures of the command, not findings.
process.on('uncaughtException', (error) => end(failure(`${describe(error)}\n`)));
process.on('unhandledRejection', (error) => end(failure(`${describe(error)}\n`)));
process.stdout.on('error', () => process.exit(2)); // the reading process has closed the pipe

void run(process.argv.slice(2), terminalOf(process, write.stdout)).then(end);

let isEnding = false;

/** Ends the process once everything is written: the app's timers and sockets could keep it running. */
function end({ code, stdout, stderr }: Result): void {
  if (isEnding) return; // the first result counts
  isEnding = true;
  write.stderr(stderr, () => write.stdout(stdout, () => process.exit(code)));
}
