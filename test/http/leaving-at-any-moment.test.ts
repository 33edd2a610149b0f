import { setImmediate } from 'node:timers/promises';
import { assistantMessage, ChatController, MemoryStore, OnMessage } from '../../src';
import { chatkit } from '../../src/fetch';
import type { ReleaseLock, ThreadLock } from '../../src/store';
import { interfere } from '../support/failing-store';
import { RecordingLogger } from '../support/logger';
import * as wire from '../support/requests';
import { until } from '../support/wait';

@ChatController()
class Controller {
  @OnMessage()
  reply() {
    return assistantMessage('Hello!');
  }
}

/** Does something so many microtasks later. */
function later(microtasks: number, work: () => void): void {
  if (microtasks === 0) work();
  else queueMicrotask(() => later(microtasks - 1, work));
}

/** Locks that say how many of them are held. */
class CountedLock implements ThreadLock {
  held = 0;
  /** Whether a first try finds the lock taken. */
  busy = false;
  onAcquired: () => void = () => undefined;

  async acquire(_: string, { waitMs }: { waitMs: number }): Promise<ReleaseLock | null> {
    await setImmediate();
    if (this.busy && waitMs === 0) return null;
    this.held += 1;
    this.onAcquired();
    let mine = true;
    return () => {
      if (mine) this.held -= 1;
      mine = false;
    };
  }
}

type Moment = 'its lock has come' | 'its thread has been loaded' | 'its run is being opened';

/** Sends a message and leaves so many microtasks after the moment. Resolves when all is over. */
async function leave(moment: Moment, busy: boolean, microtasks: number, threadLimit = 1): Promise<void> {
  const lock = new CountedLock();
  const client = new AbortController();
  let leaving = false;
  const goNow = (): void => {
    if (leaving) later(microtasks, () => client.abort());
  };
  const methods = {
    'its thread has been loaded': 'loadThread',
    'its run is being opened': 'openRun',
  } as const;
  const store = interfere(new MemoryStore(), async ({ method }, proceed) => {
    await setImmediate();
    const result = proceed();
    if (moment !== 'its lock has come' && method === methods[moment]) goNow();
    return result;
  });
  const threads = { lock, maxWaiting: threadLimit };
  const chat = chatkit({
    controllers: [Controller],
    store,
    owner: 'shared',
    threads,
    logger: new RecordingLogger(),
  });
  const send = (body: unknown, signal?: AbortSignal) =>
    chat(
      new Request('http://localhost/chatkit', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        ...(signal === undefined ? {} : { signal }),
      }),
    );
  const first = await (await send(wire.create())).text();
  const threadId = /"id":"(thr_\w+)"/.exec(first)![1]!;
  if (moment === 'its lock has come') lock.onAcquired = goNow;
  lock.busy = busy;
  leaving = true;
  await send(wire.say(threadId), client.signal)
    .then((response) => response.text())
    .catch(() => undefined);
  await until(() => client.signal.aborted, 'the client to leave');
  leaving = false;
  await until(() => lock.held === 0, `the lock to be given back (${String(microtasks)} microtasks)`);
  // Nor is a place in the queue still taken.
  const next = await (await send(wire.say(threadId))).text();
  expect(next).toContain('Hello!');
  await chat.close();
}

describe.each<Moment>(['its lock has come', 'its thread has been loaded', 'its run is being opened'])(
  'a client that leaves when %s',
  (moment) => {
    test.each([
      ['at once', false],
      ['after it has waited', true],
    ])('leaves no lock and no place taken, whatever the moment (%s)', async (_, busy) => {
      for (let microtasks = 0; microtasks < 40; microtasks += 1) await leave(moment, busy, microtasks);
    });
  },
);
