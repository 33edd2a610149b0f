import 'reflect-metadata';
import {
  added,
  assistantMessage,
  ChatController,
  done,
  OnMessage,
  updated,
  type ChatContext,
} from '../../src';
import { LEASE_MS } from '../../src/app/lease';
import type { ThreadItem } from '../../src/protocol';
import { serveChat, textOf, threadIdOf, type TestChat } from '../support/chat';
import { interfere } from '../support/failing-store';
import { PersistentStore } from '../support/persistent-store';
import * as wire from '../support/requests';
import { until } from '../support/wait';

/*
 * A store goes away amid an answer and comes back, while the process lives. What was shown of the answer is
 * stored then, and noted to be a part; of the run nothing is left.
 */

/** What the store refuses. */
type Refusal = (method: string, item: Partial<ThreadItem>) => boolean;

const WRITES = ['saveItem', 'openRun', 'closeRun', 'putValue', 'deleteValue'];
const nothing: Refusal = () => false;
const all: Refusal = () => true;
const theNote: Refusal = (_, { type }) => type === 'sdk_hidden_context';
const theRecord: Refusal = (method) => method === 'closeRun';
const andTheSecondAnswer =
  (refusal: Refusal): Refusal =>
  (method, item) =>
    refusal(method, item) || item.id === 'msg_second';

let refused: Refusal;
let refusedSoon: Refusal;
let ended: 'whole' | 'by the store' | 'by the client';
const refusals: string[] = [];

@ChatController()
class Answers {
  @OnMessage()
  async *reply(_: unknown, { signal }: ChatContext) {
    if (ended === 'whole') {
      yield assistantMessage('Whole');
      await new Promise((resolve) => setImmediate(resolve)); // that is committed
      refused = refusedSoon;
      return;
    }
    const content = [{ type: 'output_text' as const, text: 'Half', annotations: [] }];
    yield added({ id: 'msg_half', type: 'assistant_message', content });
    const delta = {
      type: 'assistant_message.content_part.text_delta',
      content_index: 0,
      delta: ' of it',
    } as const;
    yield updated('msg_half', delta);
    refused = refusedSoon;
    if (ended === 'by the client') await new Promise((resolve) => signal.addEventListener('abort', resolve));
    else yield done({ id: 'msg_second', type: 'assistant_message', content });
  }
}

async function serve(inOrder: boolean): Promise<TestChat> {
  const store = interfere(new PersistentStore(), async ({ method, args }, proceed) => {
    if (!WRITES.includes(method) || !refused(method, args[1] as ThreadItem)) return proceed();
    refusals.push(method);
    throw new Error('The store is away.');
  });
  return serveChat({
    controllers: [Answers],
    store: inOrder ? Object.defineProperty(store, 'writesInOrder', { value: true }) : store,
  });
}

/** The items of a thread and how many runs are open, when each app has looked for what was cut off. */
async function left({ items, store }: TestChat, threadId: string): Promise<[string[], number]> {
  refused = nothing;
  await jest.advanceTimersByTimeAsync(LEASE_MS);
  const texts = (await items(threadId)).map((item) => textOf(item) || item.type);
  const runs = await store.admin?.listOpenRuns({ limit: 9 });
  return [texts, runs?.data.length ?? NaN];
}

describe.each([true, false])('at the end of a run, of a store that writes in order: %s', (inOrder) => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'setTimeout', 'Date'] });
    refused = nothing;
    refusals.splice(0);
  });
  afterEach(() => jest.useRealTimers());

  const HALF = ['Hello', 'Half of it', 'sdk_hidden_context'];

  it.each([
    ['every write is refused', all],
    ['the note is refused', andTheSecondAnswer(theNote)],
    ['the record cannot be closed', andTheSecondAnswer(theRecord)],
  ])('that breaks off, %s: the part and one note are stored later', async (_, refusal) => {
    [ended, refusedSoon] = ['by the store', refusal];
    const chat = await serve(inOrder);
    const threadId = threadIdOf(await chat.post(wire.create()));
    expect(refusals).not.toEqual([]);
    expect(await left(chat, threadId)).toEqual([HALF, 0]);
  });

  it('that its client leaves, every write is refused: the part and one note are stored later', async () => {
    [ended, refusedSoon] = ['by the client', all];
    const chat = await serve(inOrder);
    const stream = await chat.open(wire.create());
    await stream.until(({ type }) => type === 'thread.item.updated');
    stream.leave();
    await until(() => refusals.includes('saveItem'), 'the part to be refused');
    expect(await left(chat, threadIdOf(stream))).toEqual([HALF, 0]);
  });

  it('that is whole, the record cannot be closed: it is closed later, and nothing is noted', async () => {
    [ended, refusedSoon] = ['whole', theRecord];
    const chat = await serve(inOrder);
    const threadId = threadIdOf(await chat.post(wire.create()));
    expect(refusals).toContain('closeRun');
    expect(await left(chat, threadId)).toEqual([['Hello', 'Whole'], 0]);
  });
});
