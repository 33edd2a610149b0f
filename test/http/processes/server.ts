import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  assistantMessage,
  ChatController,
  MemoryStore,
  OnMessage,
  progress,
  type ChatContext,
  type UserMessageItem,
} from '../../../src';
import { chatkit } from '../../../src/node';

/** A server in a process of its own, that says how it fares. What a message asks for is what it does. */
export interface Report {
  url: string;
  /** In bytes, after a collection. */
  heap: number;
  /** Events that the flood has handed out. */
  yielded: number;
  /** Runs whose `finally` was reached. */
  stopped: number;
  /** Milliseconds between the abort of the flood and its `finally`. */
  stoppedAfter: number | undefined;
  /** How often a timer of 10 ms has fired. */
  ticks: number;
  /** Uncaught exceptions, unhandled rejections, and warnings of listeners that gather. */
  accidents: string[];
  logged: string[];
}

export const FLOOD = 1_000_000;

const state = { yielded: 0, stopped: 0, ticks: 0, stoppedAfter: undefined as number | undefined };
const accidents: string[] = [];
const logged: string[] = [];

process.on('uncaughtException', (error) => accidents.push(String(error)));
process.on('unhandledRejection', (error) => accidents.push(String(error)));

process.on('warning', ({ name, message }) => {
  if (name === 'MaxListenersExceededWarning') accidents.push(message);
});

@ChatController()
class Controller {
  @OnMessage()
  reply(message: UserMessageItem | null, ctx: ChatContext) {
    const [what, rest = ''] = (message?.content[0]?.text ?? '').split(' ');
    switch (what) {
      case 'flood':
        return flood(ctx);
      case 'ticks':
        return ticks(rest);
      case 'hang':
        return hang();
      case 'signal':
        return manyTasks(ctx);
      case 'finally':
        return throwInFinally(ctx);
      default:
        return assistantMessage(`You said ${rest}.`);
    }
  }
}

/** Awaits nothing but its yields. */
async function* flood(ctx: ChatContext) {
  let abortedAt = 0;
  ctx.signal.addEventListener('abort', () => (abortedAt = performance.now()));
  try {
    for (; state.yielded < FLOOD; state.yielded += 1) {
      yield progress(`${String(state.yielded)} ${'x'.repeat(500)}`);
    }
  } finally {
    state.stopped += 1;
    state.stoppedAfter = performance.now() - abortedAt;
  }
}

async function* ticks(name: string) {
  for (let index = 0; index < 50; index += 1) {
    await sleep(10);
    yield index % 10 === 9
      ? assistantMessage(`${name} ${String(index)}`)
      : progress(`${name} ${String(index)}`);
  }
}

/** As many tools at once as a model may ask for, each of which is to end with the run. */
async function* manyTasks({ signal }: ChatContext) {
  await Promise.all(Array.from({ length: 30 }, () => sleep(10, undefined, { signal })));
  yield assistantMessage('All done.');
}

async function* hang() {
  yield progress('hanging');
  await new Promise(() => undefined);
}

async function* throwInFinally(ctx: ChatContext) {
  try {
    yield progress('waiting');
    await new Promise((resolve) => ctx.signal.addEventListener('abort', resolve));
    yield progress('unseen');
  } finally {
    state.stopped += 1;
    // eslint-disable-next-line no-unsafe-finally -- that is the test
    throw new Error('in finally');
  }
}

const log = (_: unknown, message: string): void => void logged.push(message);
const chat = chatkit({
  controllers: [Controller],
  store: new MemoryStore(),
  owner: 'shared',
  cancelGrace: 300,
  logger: { debug: () => undefined, info: log, warn: log, error: log },
});

setInterval(() => (state.ticks += 1), 10);

const server = createServer(chat).listen(0, '127.0.0.1', report);

process.on('message', () => {
  gc?.();
  setTimeout(report, 50);
});

function report(): void {
  gc?.();
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${String(port)}/chatkit`;
  const said: Report = { ...state, url, heap: process.memoryUsage().heapUsed, accidents, logged };
  process.send?.(said);
}
