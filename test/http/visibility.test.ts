import fc from 'fast-check';
import {
  added,
  ChatController,
  done,
  OnMessage,
  remove,
  updated,
  type ChatContext,
  type EventDraft,
  type HandlerEvent,
  type ItemDraft,
  type ThreadItem,
  type UserMessageItem,
} from '../../src';
import { isHiddenType } from '../../src/protocol';
import { MemoryStore } from '../../src/stores';
import { serveChat, textOf, threadIdOf } from '../support/chat';
import { slow } from '../support/failing-store';
import * as wire from '../support/requests';

const SECRET = 'S3CRET';

const ITEMS: Record<string, ItemDraft> = {
  visible: {
    id: 'x',
    type: 'assistant_message',
    content: [{ type: 'output_text', text: 'x', annotations: [] }],
  },
  hidden: { id: 'x', type: 'hidden_context_item', content: SECRET },
  'hidden by the framework': { id: 'x', type: 'sdk_hidden_context', content: SECRET },
};

const replaced = (item: ItemDraft): EventDraft => ({ type: 'thread.item.replaced', item });

const UPDATE = {
  type: 'assistant_message.content_part.text_delta',
  content_index: 0,
  delta: 'y',
} as const;

/** The handler hides the item by ctx.store, past the stream. */
const HIDE = 'hide' as const;

const anyItem = fc.constantFrom(...Object.values(ITEMS));
const anyStep: fc.Arbitrary<EventDraft> = fc.oneof(
  fc.tuple(fc.constantFrom(done, added, replaced), anyItem).map(([event, item]) => event(item)),
  fc.constant(remove('x')),
);

/** The same step on an item of another id. */
function about(id: string, step: EventDraft): EventDraft {
  if ('item' in step) return { ...step, item: { ...step.item, id } };
  return remove(id);
}

/** Answers each message with the steps that the test has put there. */
function scripted() {
  const runs: (EventDraft | typeof HIDE)[][] = [];
  @ChatController()
  class Scripted {
    @OnMessage()
    async *reply(message: UserMessageItem | null, ctx: ChatContext): AsyncGenerator<HandlerEvent> {
      for (const step of runs[Number(textOf(message ?? undefined))] ?? []) {
        if (step !== HIDE) yield step;
        else {
          const head = { thread_id: ctx.thread.id, created_at: ctx.thread.created_at };
          await ctx.store.saveItem({ ...head, ...ITEMS['hidden']! } as ThreadItem);
        }
      }
    }
  }
  return { controllers: [Scripted], runs };
}

describe.each([
  ['a store that answers at once', () => new MemoryStore()],
  ['a store that answers later', () => slow(new MemoryStore())],
])('with %s', (_, store) => {
  test('what the client has seen it is told to remove, and nothing hidden reaches it', async () => {
    const { controllers, runs } = scripted();
    const chat = await serveChat({ controllers, store: store(), mode: 'production' });
    let count = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyStep, { maxLength: 6 }), { minLength: 1, maxLength: 3 }),
        async (script) => {
          count += 1;
          const id = `x${String(count)}`;
          runs.splice(0, runs.length, ...script.map((steps) => steps.map((step) => about(id, step))));
          const first = await chat.post(wire.create('0'));
          const threadId = threadIdOf(first);
          const replies = [first];
          for (const n of script.keys()) {
            if (n > 0) replies.push(await chat.post(wire.say(threadId, String(n))));
          }
          let onPage = false;
          for (const reply of replies) {
            expect(reply.text).not.toContain(SECRET);
            for (const event of reply.events) {
              if ('item' in event && event.item.id === id) {
                expect(isHiddenType(event.item.type)).toBe(false);
                onPage = true;
              }
              if (event.type === 'thread.item.removed') onPage = false;
            }
          }
          // The last word on the item: on the page exactly if it was left there visibly.
          const last = script.flat().at(-1);
          const leftVisible = last !== undefined && 'item' in last && last.item.type === 'assistant_message';
          expect(onPage).toBe(leftVisible);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('no update of an item is sent that was removed', async () => {
    const { controllers, runs } = scripted();
    runs.push([done(ITEMS['visible']!), remove('x'), updated('x', UPDATE)]);
    const chat = await serveChat({ controllers, store: store() });
    const reply = await chat.post(wire.create('0'));
    expect(reply.types.slice(-2)).toEqual(['thread.item.done', 'thread.item.removed']);
  });

  test.each([
    ['shown, then hidden, then removed', [done(ITEMS['visible']!), done(ITEMS['hidden']!), remove('x')]],
    ['hidden, then shown, then removed', [done(ITEMS['hidden']!), done(ITEMS['visible']!), remove('x')]],
    ['added, then hidden', [added(ITEMS['visible']!), replaced(ITEMS['hidden']!)]],
  ])('an item that is %s is removed from the page, once', async (_name, steps) => {
    const { controllers, runs } = scripted();
    runs.push(steps);
    const chat = await serveChat({ controllers, store: store() });
    const reply = await chat.post(wire.create('0'));
    expect(reply.events.filter(({ type }) => type === 'thread.item.removed')).toEqual([
      { type: 'thread.item.removed', item_id: 'x' },
    ]);
    expect(reply.types.at(-1)).toBe('thread.item.removed');
  });

  test('an item of an earlier run that becomes hidden is removed from the page', async () => {
    const { controllers, runs } = scripted();
    runs.push([done(ITEMS['visible']!)], [done(ITEMS['hidden']!)], [remove('x')]);
    const chat = await serveChat({ controllers, store: store() });
    const threadId = threadIdOf(await chat.post(wire.create('0')));
    expect((await chat.post(wire.say(threadId, '1'))).types).toEqual([
      'thread.item.done',
      'stream_options',
      'thread.item.removed',
    ]);
    // Whether the client ever had it, only that run knew.
    expect((await chat.post(wire.say(threadId, '2'))).events.slice(2)).toEqual([
      { type: 'thread.item.removed', item_id: 'x' },
    ]);
  });

  test.each([
    ['shown by this run', [[done(ITEMS['visible']!), HIDE, remove('x')]]],
    ['shown by an earlier run', [[done(ITEMS['visible']!)], [HIDE, remove('x')]]],
    ['shown, then updated', [[done(ITEMS['visible']!)], [HIDE, updated('x', UPDATE), remove('x')]]],
    ['shown, then hidden twice', [[done(ITEMS['visible']!)], [HIDE, done(ITEMS['hidden']!), remove('x')]]],
  ])(
    'an item that was %s and hidden past the stream leaves the page when it is removed',
    async (_name, script) => {
      const { controllers, runs } = scripted();
      runs.push(...script);
      const chat = await serveChat({ controllers, store: store() });
      const first = await chat.post(wire.create('0'));
      const last = script.length === 1 ? first : await chat.post(wire.say(threadIdOf(first), '1'));
      expect(last.events.at(-1)).toEqual({ type: 'thread.item.removed', item_id: 'x' });
      expect(last.types.filter((type) => type.startsWith('thread.item.removed'))).toHaveLength(1);
      expect(last.text).not.toContain(SECRET);
    },
  );
});

test('a thread.created that a handler yields is sent, and makes no thread', async () => {
  @ChatController()
  class Creating {
    @OnMessage()
    *reply(_: unknown, ctx: ChatContext): Generator<HandlerEvent> {
      const thread = { ...ctx.thread, metadata: { key: SECRET } };
      yield { type: 'thread.created', thread: { ...thread, items: { data: [], has_more: false } } };
      yield {
        type: 'thread.created',
        thread: { ...thread, id: 'thr_other', items: { data: [], has_more: false } },
      };
      yield done(ITEMS['visible']!);
    }
  }
  const chat = await serveChat({ controllers: [Creating] });
  const reply = await chat.post(wire.create());
  expect(reply.types).toEqual([
    'thread.created',
    'thread.item.done',
    'stream_options',
    'thread.created',
    'thread.created',
    'thread.item.done',
  ]);
  expect(reply.text).not.toContain(SECRET);
  const { data } = (await chat.post(wire.listThreads())).json;
  expect((data as { id: string }[]).map(({ id }) => id)).toEqual([threadIdOf(reply)]);
});
