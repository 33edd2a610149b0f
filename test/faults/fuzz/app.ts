/*
 * The app that is fuzzed, in a process of its own: every operation has a handler, and no handler ever
 * throws, so that whatever is logged as an error is a fault of the library. Answers each message with a
 * report; `forget` has all of the owner deleted before.
 */
import 'reflect-metadata';
import { createServer, type IncomingMessage } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { MemoryStore } from '../../../src';
import { chatkit } from '../../../src/node';
import { DiskAttachmentStore } from '../../../src/stores/disk-attachments';
import { levels, type Levels } from '../levels';
import { Fuzzed } from './controller';
import { prototypes } from './prototypes';

/** What the process says of itself. */
export interface Report {
  port: number;
  levels: Levels;
  /** Errors that were logged, with the id of the request, and what was caught nowhere. */
  faults: { requestId: string | undefined; text: string }[];
  /** What was added to prototypes that all objects share. */
  polluted: string[];
}

const OWNER = 'fuzz';
const faults: Report['faults'] = [];
const polluted = prototypes();

const fault = (requestId: unknown, text: string): void =>
  void faults.push({ requestId: requestId as string | undefined, text });
process.on('uncaughtException', (error) => fault(undefined, `uncaught: ${String(error.stack)}`));
process.on('unhandledRejection', (error) => fault(undefined, `unhandled: ${String(error)}`));
process.on('disconnect', () => process.exit());

const directory = mkdtempSync(join(tmpdir(), 'chatkit-fuzz-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));

const silent = (): void => undefined;
const chat = chatkit({
  controllers: [Fuzzed],
  store: new MemoryStore(),
  attachmentStore: new DiskAttachmentStore({
    directory,
    secret: 'x'.repeat(32),
    baseUrl: 'http://127.0.0.1/chatkit',
    maxSize: 1000,
  }),
  context: ({ headers }: IncomingMessage) => ({ userId: headers['x-user-id'] }),
  owner: () => OWNER,
  bodyLimit: 512 * 1024,
  threads: { maxWaiting: 1000 },
  logger: {
    debug: silent,
    info: silent,
    warn: silent,
    error: (details, message) => fault(details['requestId'], `${message}: ${textOf(details['err'])}`),
  },
});
const server = createServer(chat).listen(0, '127.0.0.1', () => void report());
// A client that gets no time of a busy machine for a while finds its connections as they were.
server.keepAliveTimeout = 0;

process.on(
  'message',
  (message) => void (message === 'forget' ? chat.app.eraseOwner(OWNER).then(report) : report()),
);

async function report(): Promise<void> {
  await setImmediate();
  const { port } = server.address() as AddressInfo;
  const said: Report = { port, levels: await levels(), faults: faults.splice(0), polluted: polluted() };
  process.send?.(said);
}

function textOf(error: unknown): string {
  return error instanceof Error ? String(error.stack) : String(error);
}
