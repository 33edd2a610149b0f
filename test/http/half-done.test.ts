import {
  assistantMessage,
  ChatController,
  clientEffect,
  clientToolCall,
  OnAction,
  OnFeedback,
  OnMessage,
  OnTranscribe,
  replace,
  structuredInput,
  widget,
  type ChatContext,
  type ThreadStreamEvent,
  type UserMessageItem,
} from '../../src';
import type { Store } from '../../src/store';
import { MemoryStore } from '../../src/stores';
import { serveChat, textOf, threadIdOf, type TestChat } from '../support/chat';
import { interfere, type StoreMethod } from '../support/failing-store';
import * as wire from '../support/requests';

// What is thrown on no one's watch (an uncaught exception, an unhandled rejection) fails the test that
// is running: jest sees to that, and tests in a child process do it again without jest.

const card = (title: string) => ({ type: 'Card', children: [{ type: 'Title', value: title }] });

@ChatController()
class Controller {
  @OnMessage()
  async *reply(message: UserMessageItem | null, ctx: ChatContext) {
    if (message !== null && textOf(message) === 'quiet') return;
    ctx.thread.title = `Thread of ${textOf(message ?? undefined)}`;
    yield widget(card('one'));
    yield clientToolCall('locate', {});
    yield structuredInput([{ type: 'freeform', question: 'Why?' }]);
    yield assistantMessage('Done.');
  }

  @OnAction('select', { payload: 'unchecked' })
  async *select(_: unknown, ctx: ChatContext) {
    yield replace(ctx.sender, card('selected') as never);
    yield replace(ctx.sender, (current) => ({ ...current, changed: true }));
    yield assistantMessage('Selected.');
    yield clientEffect('selected');
  }

  @OnAction('star', { sync: true, payload: 'unchecked' })
  star(_: unknown, ctx: ChatContext) {
    ctx.thread.metadata['starred'] = true;
    return card('starred') as never;
  }

  @OnFeedback()
  feedback() {
    return undefined;
  }

  @OnTranscribe()
  transcribe() {
    return 'text';
  }
}

/** What each operation is sent, in a thread that is ready for it. */
interface Setting {
  threadId: string;
  ids: Record<string, string>;
  attachmentId: string;
}
const OPERATIONS: Record<string, (setting: Setting) => wire.Wire> = {
  'threads.create': ({ attachmentId }) => wire.create('New', { attachments: [attachmentId] }),
  'threads.add_user_message': ({ threadId, attachmentId }) =>
    wire.say(threadId, 'More', { attachments: [attachmentId] }),
  'threads.add_client_tool_output': ({ threadId }) => wire.toolOutput(threadId, { lat: 1 }),
  'threads.add_structured_input': ({ threadId, ids }) =>
    wire.answer(threadId, ids['structured_input']!, { answers: { input_1: { values: ['so'] } } }),
  'threads.retry_after_item': ({ threadId, ids }) => wire.retry(threadId, ids['user_message']!),
  'threads.custom_action': ({ threadId, ids }) => wire.act(threadId, ids['widget'], 'select'),
  'threads.sync_custom_action': ({ threadId, ids }) => wire.actSync(threadId, ids['widget'], 'star'),
  'threads.get_by_id': ({ threadId }) => wire.getThread(threadId),
  'threads.list': () => wire.listThreads(),
  'threads.update': ({ threadId }) => wire.rename(threadId, 'Renamed'),
  'threads.delete': ({ threadId }) => wire.deleteThread(threadId),
  'items.list': ({ threadId }) => wire.listItems(threadId),
  'items.feedback': ({ threadId, ids }) => wire.feedback(threadId, [ids['widget']!]),
  'attachments.create': () => wire.announce(),
  'attachments.delete': ({ attachmentId }) => wire.discard(attachmentId),
  'input.transcribe': () => wire.dictate('AAAA'),
};

const FAILURES: Record<string, () => unknown> = {
  'throws at once': () => {
    throw new Error('SECRET of the database');
  },
  'rejects later': async () => {
    await new Promise((resolve) => setImmediate(resolve));
    throw new Error('SECRET of the database');
  },
};

const WRITES: readonly StoreMethod[] = [
  'createThread',
  'patchThread',
  'deleteThread',
  'saveItem',
  'deleteItem',
  'saveAttachment',
  'patchAttachment',
  'deleteAttachment',
];

/** A store whose calls fail when they are told to, and that says what was written. */
class Watched {
  failAt = 0;
  failure: () => unknown = () => undefined;
  asynchronous = false;
  count = 0;
  writes: { method: StoreMethod; args: readonly unknown[] }[] = [];
  readonly store: Store;

  constructor(readonly inner = new MemoryStore()) {
    this.store = interfere(inner, (call, proceed) => {
      this.count += 1;
      if (this.count === this.failAt) return this.failure();
      const done = <T>(result: T): T => {
        if (WRITES.includes(call.method)) this.writes.push(call);
        return result;
      };
      if (!this.asynchronous) return done(proceed());
      return new Promise((resolve) => setImmediate(resolve)).then(proceed).then(done);
    });
  }

  reset(): void {
    this.count = 0;
    this.writes = [];
  }
}

async function prepare(chat: TestChat): Promise<Setting> {
  const attachmentId = (await chat.post(wire.announce())).json['id'] as string;
  const threadId = threadIdOf(await chat.post(wire.create('First')));
  const ids = Object.fromEntries((await chat.items(threadId)).map(({ type, id }) => [type, id]));
  return { threadId, ids, attachmentId };
}

/** Whether what an event tells has been written before. */
function wasWritten(event: ThreadStreamEvent, { inner, writes }: Watched, threadId: string): boolean {
  const scope = { owner: 'alice', requestContext: {}, signal: new AbortController().signal };
  switch (event.type) {
    case 'thread.item.done':
    case 'thread.item.replaced':
      return writes.some(({ method, args }) => {
        const item = args[1] as { id: string };
        return method === 'saveItem' && item.id === event.item.id;
      });
    case 'thread.created':
      return inner.loadThread(scope, event.thread.id).id === event.thread.id;
    case 'thread.updated':
      return inner.loadThread(scope, threadId).title === event.thread.title;
    default:
      return true;
  }
}

describe.each(Object.entries(FAILURES))('a store that %s', (failureName, failure) => {
  test.each(Object.keys(OPERATIONS))(
    'never leaves %s half-done, whichever of its calls fails',
    async (op) => {
      const request = OPERATIONS[op]!;
      for (let failAt = 1; ; failAt += 1) {
        const watched = new Watched();
        watched.asynchronous = failureName === 'rejects later';
        const chat = await serveChat({
          controllers: [Controller],
          store: watched.store,
          attachmentStore: {
            createAttachment: (_, input) => ({
              id: `atc_${input.name}`,
              type: 'image',
              name: input.name,
              mime_type: input.mime_type,
              preview_url: 'https://files.example/1',
            }),
            deleteAttachment: () => undefined,
          },
        });
        const setting = await prepare(chat);
        const before = await chat.items(setting.threadId);
        watched.reset();
        watched.failAt = failAt;
        watched.failure = failure;
        const reply = await chat.post(request(setting));
        const reached = watched.count >= failAt;
        watched.failAt = 0;

        expect(reply.text).not.toContain('SECRET');
        const newThread = reply.events.find((event) => event.type === 'thread.created');
        const threadId = newThread?.thread.id ?? setting.threadId;
        for (const event of reply.events)
          expect([event, wasWritten(event, watched, threadId)]).toEqual([event, true]);

        if (!reached) {
          expect([reply.status, reply.types.includes('error')]).toEqual([200, false]);
          expect(failAt > 1).toBe(op !== 'input.transcribe'); // the only one that needs no store
          break;
        }
        if (reply.status === 200 && reply.types.length > 0) {
          const last = reply.events.findLast(({ type }) => type !== 'thread.updated');
          // The record of a run that has ended may stay open: the next start closes it.
          if (last?.type !== 'error')
            expect(chat.logger.messages('error')).toContain('the record of a run could not be closed');
          else {
            expect(last.code).toBe('stream.error');
            expect(last.message).toBeUndefined();
          }
        } else {
          expect(reply.status).toBe(500);
          expect(reply.json).toHaveProperty('error.code', 'internal_error');
          if (!['threads.delete', 'attachments.delete', 'threads.sync_custom_action'].includes(op)) {
            expect(watched.writes.map(({ method }) => method)).toEqual([]);
            expect(await chat.items(setting.threadId)).toEqual(before);
          }
        }
        expect(chat.logger.messages('error').length).toBeGreaterThan(0);

        // The process lives, and the lock is free.
        if (op === 'threads.delete') continue;
        const next = await chat.post(wire.say(threadId, 'quiet'));
        expect(next.types).toEqual(['thread.item.done', 'stream_options']);
      }
    },
  );
});
