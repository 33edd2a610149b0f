import fc from 'fast-check';
import { concat, from, throwError } from 'rxjs';
import {
  added,
  assistantMessage,
  assistantMessageFilter,
  ChatController,
  done,
  OnAction,
  OnMessage,
  remove,
  replace,
  respond,
  updated,
  widget,
  type ChatContext,
  type EventDraft,
  type HandlerEvent,
  type ItemDraft,
  type ThreadItem,
  type UserMessageItem,
} from '../../src';
import { serveChat, textOf, threadIdOf } from '../support/chat';
import { slow } from '../support/failing-store';
import * as wire from '../support/requests';
import { MemoryStore } from '../../src/stores';

/** Stands in everything that must not leave the server. */
const SECRET = 'S3CRET';

// Ids are per thread, and few, so that steps meet each other's items.
type Step = (ctx: ChatContext) => HandlerEvent | HandlerEvent[];

const hiddenId = (ctx: ChatContext, n: number): string => `${ctx.thread.id}-veiled-${String(n)}`;
const visibleId = (ctx: ChatContext, n: number): string => `${ctx.thread.id}-open-${String(n)}`;

const anyN = fc.nat({ max: 2 });

const hiddenItem = fc
  .record({ n: anyN, sdk: fc.boolean(), own: fc.boolean() })
  .map(({ n, sdk, own }) => (ctx: ChatContext): ItemDraft => ({
    ...(own ? { id: hiddenId(ctx, n) } : {}),
    ...(sdk
      ? { type: 'sdk_hidden_context' as const, content: SECRET }
      : { type: 'hidden_context_item' as const, content: { deep: [SECRET] } }),
  }));

const visibleItem = fc
  .record({ n: anyN, kind: fc.nat({ max: 2 }) })
  .map(({ n, kind }) => (ctx: ChatContext): ItemDraft => {
    const id = visibleId(ctx, n);
    if (kind === 0) return { id, type: 'widget', widget: { type: 'Card', children: [] } };
    if (kind === 1) return { id, type: 'assistant_message', content: [] };
    return {
      id,
      type: 'user_message',
      content: [],
      attachments: [
        { id: 'a', type: 'file', name: 'a', mime_type: 'text/plain', metadata: { where: SECRET } },
      ],
      inference_options: {},
    };
  });

const asEvent = fc.constantFrom<(item: ItemDraft) => EventDraft>(done, added, (item) => ({
  type: 'thread.item.replaced',
  item,
}));

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(asEvent, hiddenItem).map(
      ([event, item]): Step =>
        (ctx) =>
          event(item(ctx)),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(asEvent, visibleItem).map(
      ([event, item]): Step =>
        (ctx) =>
          event(item(ctx)),
    ),
  },
  // What a hidden item becomes, and that it goes.
  anyN.map(
    (n): Step =>
      (ctx) =>
        updated(hiddenId(ctx, n), {
          type: 'assistant_message.content_part.text_delta',
          content_index: 0,
          delta: SECRET,
        }),
  ),
  anyN.map(
    (n): Step =>
      (ctx) =>
        updated(hiddenId(ctx, n), { type: 'widget.root.updated', widget: { type: SECRET } }),
  ),
  anyN.map(
    (n): Step =>
      (ctx) =>
        remove(hiddenId(ctx, n)),
  ),
  anyN.map(
    (n): Step =>
      (ctx) =>
        remove(visibleId(ctx, n)),
  ),
  // A place that was open holds something hidden from now on; the next update is to the hidden one.
  fc.tuple(anyN, fc.boolean()).map(([n, asDone]): Step => (ctx) => {
    const item = { id: visibleId(ctx, n), type: 'hidden_context_item' as const, content: SECRET };
    return [
      asDone ? done(item) : replace(item as ThreadItem),
      updated(item.id, {
        type: 'assistant_message.content_part.text_delta',
        content_index: 0,
        delta: SECRET,
      }),
    ];
  }),
  fc.constant<Step>((ctx) => {
    ctx.thread.metadata = { key: SECRET, at: ctx.thread.metadata['at'] === 1 ? 2 : 1 };
    ctx.thread.title = 'Open';
    return [];
  }),
  fc.constant<Step>((ctx) => ({
    type: 'thread.updated',
    thread: {
      ...ctx.thread,
      metadata: { key: SECRET },
      items: {
        data: [
          {
            id: SECRET,
            thread_id: ctx.thread.id,
            created_at: '2026-01-01T00:00:00.000Z',
            type: 'hidden_context_item',
            content: SECRET,
          },
        ],
        has_more: false,
      },
    } as never,
  })),
  fc.constant<Step>(() => respond(SECRET)),
  fc.constant<Step>(() => {
    throw new Error(SECRET);
  }),
  fc.constant<Step>((ctx) =>
    done({ type: 'hidden_context_item', content: 1, created_at: SECRET, thread_id: ctx.thread.id }),
  ),
  fc.constant<Step>(() => done({ type: 'sdk_hidden_context', content: { not: [SECRET] } as never })),
);

type Road = (steps: Step[], ctx: ChatContext) => unknown;

/** The roads on which a handler can hand out its events. */
const ROADS: Record<string, Road> = {
  'async generator': async function* (steps, ctx) {
    for (const each of steps) yield each(ctx);
  },
  generator: function* (steps, ctx) {
    for (const each of steps) yield each(ctx);
  },
  'array of promises': (steps, ctx) => steps.map(async (each) => each(ctx)),
  array: (steps, ctx) => steps.flatMap((each) => each(ctx)),
  Observable: (steps, ctx) =>
    concat(
      from(steps.flatMap((each) => each(ctx)).filter((event) => 'type' in event)),
      throwError(() => new Error(SECRET)),
    ),
  emit: async (steps, ctx) => {
    for (const each of steps) {
      for (const event of [each(ctx)].flat()) await ctx.emit(event);
    }
  },
  'emit and generator at once': async function* (steps, ctx) {
    for (const [index, each] of steps.entries()) {
      const events = [each(ctx)].flat();
      if (index % 2 === 0) yield events;
      else for (const event of events) void ctx.emit(event);
    }
  },
};

test.each([
  ['development', false],
  ['production', true],
] as const)(
  'in %s nothing hidden ever leaves the server, by whichever road',
  async (mode, isSlow) => {
    let steps: Step[] = [];
    let road: Road = () => undefined;

    @ChatController()
    class Random {
      @OnMessage()
      reply(message: UserMessageItem | null, ctx: ChatContext): HandlerEvent | undefined {
        // In a responder that a step asked for, the secret is the message.
        if (textOf(message ?? undefined) === SECRET) return assistantMessage('You said it.');
        if (ctx.operation === 'threads.create') return widget({ type: 'Card', children: [] });
        return road(steps, ctx) as HandlerEvent;
      }

      @OnAction('act', { payload: 'unchecked' })
      act(_: unknown, ctx: ChatContext): HandlerEvent {
        return road(steps, ctx) as HandlerEvent;
      }

      @OnAction('sync', { sync: true, payload: 'unchecked' })
      sync(_: unknown, ctx: ChatContext) {
        const [first] = steps.flatMap((each) => each(ctx));
        if (first === undefined || !('item' in first)) throw new Error(SECRET);
        return {
          created_at: '2026-01-01T00:00:00.000Z',
          id: hiddenId(ctx, 0),
          thread_id: ctx.thread.id,
          ...first.item,
        };
      }
    }

    const store = isSlow ? slow(new MemoryStore()) : new MemoryStore();
    const options = { controllers: [Random], mode, store };
    const chats = [
      await serveChat(options),
      await serveChat({ ...options, filters: [assistantMessageFilter] }),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...Object.values(ROADS)),
        fc.boolean(),
        async (chosen, chosenRoad, withFilter) => {
          const chat = chats[withFilter ? 1 : 0]!;
          [steps, road] = [chosen, chosenRoad];
          const threadId = threadIdOf(await chat.post(wire.create()));
          const sender = (await chat.items(threadId)).find(({ type }) => type === 'widget')!.id;
          for (const request of [
            wire.say(threadId),
            wire.act(threadId, sender, 'act'),
            wire.actSync(threadId, sender, 'sync'),
            wire.getThread(threadId),
            wire.listItems(threadId, { limit: 3 }),
            wire.listItems(threadId, { order: 'asc', limit: 100 }),
            wire.listThreads({ limit: 1 }),
            wire.rename(threadId, 'New'),
          ]) {
            const reply = await chat.post(request);
            expect(reply.text).not.toContain(SECRET);
            expect(JSON.stringify([...reply.headers])).not.toContain(SECRET);
          }
        },
      ),
      { numRuns: 150 },
    );
  },
  60_000,
);
