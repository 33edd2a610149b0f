import {
  ChatController,
  hiddenContext,
  MemoryStore,
  OnAction,
  OnMessage,
  replace,
  StreamOptions,
  type AttachmentStore,
  type ChatContext,
  type EventDraft,
  type HandlerEvent,
  type Store,
  type ThreadItem,
  type WidgetItem,
} from '../../src';
import { chatkit } from '../../src/fetch';
import { serveChat, type TestChat } from '../support/chat';
import * as wire from '../support/requests';

/* What the protocol does not have neither leaves the server nor is stored, by whichever road it comes. */

const SECRET = 'S3CRET';
const ID = { id: 'i1' };
const card = { type: 'Card', children: [], own: { prop: 'stays' } };
const plant = <T extends object>(value: T): T => ({ ...value, secret: { [SECRET]: SECRET } });

/** Plants a field into every object of the protocol in a value; widgets and free data are left alone. */
function planted(value: unknown, key = ''): unknown {
  if (['widget', 'component', 'data', 'arguments', 'output', 'metadata', 'headers'].includes(key))
    return value;
  if (Array.isArray(value)) return value.map((element) => planted(element));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, child]) => [name, planted(child, name)]);
  return plant(Object.fromEntries(entries) as object);
}

const url = { type: 'url', title: 'A', url: 'https://example.com' };
const entity = { type: 'entity', id: 'e', title: 'E', data: { own: 'stays' } };
const note = (source: object) => ({ type: 'annotation', source, index: 1 });
const part = { type: 'output_text', text: 'Hi', annotations: [note(url), note(entity)] };
const task = { type: 'web_search', title: 'S', queries: ['q'], sources: [url] };

const ITEMS: Record<string, object> = {
  'an assistant message': { type: 'assistant_message', content: [part] },
  'a user message': {
    type: 'user_message',
    content: [
      { type: 'input_text', text: 'Hi' },
      { type: 'input_tag', id: 't', text: 'T', data: { own: 'stays' } },
    ],
    attachments: [
      { type: 'file', id: 'f', name: 'f', mime_type: 'a/b', upload_descriptor: { url: 'u', method: 'PUT' } },
    ],
    inference_options: { tool_choice: { id: 's' }, model: 'm' },
  },
  'a widget': { type: 'widget', widget: card },
  'a tool call': { type: 'client_tool_call', call_id: 'c', name: 'n', arguments: { own: 'stays' } },
  'an image': { type: 'generated_image', image: { id: 'i', url: 'u' } },
  'a structured input': {
    type: 'structured_input',
    inputs: [
      {
        type: 'multiple_choice',
        id: 'a',
        question: '?',
        options: [{ value: 'A' }],
        answer: { values: ['A'] },
      },
      { type: 'freeform', id: 'b', question: '?' },
    ],
  },
  'a workflow': { type: 'workflow', workflow: { type: 'custom', tasks: [task], summary: { title: 'D' } } },
  'a workflow that took its time': {
    type: 'workflow',
    workflow: { type: 'reasoning', tasks: [{ type: 'thought', content: 'Hm' }], summary: { duration: 3 } },
  },
  'a task': { type: 'task', task },
  'an end of turn': { type: 'end_of_turn' },
  'a hidden context': { type: 'hidden_context_item', content: 'stays' },
};

const M = 'assistant_message.content_part';
const UPDATES: Record<string, [item: object, update: object]> = {
  'a part': [ITEMS['an assistant message']!, { type: `${M}.added`, content_index: 0, content: part }],
  'a delta': [ITEMS['an assistant message']!, { type: `${M}.text_delta`, content_index: 0, delta: '!' }],
  'an annotation': [
    ITEMS['an assistant message']!,
    { type: `${M}.annotation_added`, content_index: 0, annotation_index: 0, annotation: note(entity) },
  ],
  'a whole part': [ITEMS['an assistant message']!, { type: `${M}.done`, content_index: 0, content: part }],
  'a root': [ITEMS['a widget']!, { type: 'widget.root.updated', widget: card }],
  'a component': [
    ITEMS['a widget']!,
    { type: 'widget.component.updated', component_id: 'c', component: card },
  ],
  'a text': [
    ITEMS['a widget']!,
    { type: 'widget.streaming_text.value_delta', component_id: 'c', delta: 'd', done: true },
  ],
  'a task': [ITEMS['a workflow']!, { type: 'workflow.task.added', task_index: 0, task }],
  'an image': [ITEMS['an image']!, { type: 'generated_image.updated', image: { id: 'i', url: 'v' } }],
};

const SIGNALS: Record<string, object> = {
  progress: { type: 'progress_update', text: 'T' },
  'an effect': { type: 'client_effect', name: 'n', data: { own: 'stays' } },
  'a notice': { type: 'notice', level: 'info', message: 'M' },
  'an error': { type: 'error', code: 'custom', message: 'M', allow_retry: false },
  'a removal': { type: 'thread.item.removed', item_id: 'nowhere' },
};

/** What handlers yield: each the protocol's and nothing else, as `plain` and with more planted in it. */
const YIELDS: Record<string, (ctx: ChatContext) => object[]> = {
  ...Object.fromEntries(
    Object.entries(ITEMS).flatMap(([name, item]) => [
      [`${name} that is done`, () => [{ type: 'thread.item.done', item: { ...item, ...ID } }]],
      [
        `${name} that is added, then replaced`,
        () => [
          { type: 'thread.item.added', item: { ...item, ...ID } },
          { type: 'thread.item.replaced', item: { ...item, ...ID } },
        ],
      ],
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(UPDATES).map(([name, [item, update]]) => [
      `${name} as an update, and what came of it`,
      () => [
        { type: 'thread.item.added', item: { ...item, ...ID } },
        { type: 'thread.item.updated', item_id: 'i1', update },
      ],
    ]),
  ),
  ...Object.fromEntries(Object.entries(SIGNALS).map(([name, signal]) => [name, () => [signal]])),
  'a thread': ({ thread: { id, created_at } }) => [
    {
      type: 'thread.updated',
      thread: {
        id,
        created_at,
        status: { type: 'locked', reason: 'r' },
        allowed_image_domains: ['a.example'],
        items: { data: [{ ...ITEMS['a task'], id: 'i2', thread_id: id, created_at }] },
      },
    },
  ],
};

const TIMES = /"(created_at|id|thread_id|item_id)":"[^"]*"/g;

async function run(events: (ctx: ChatContext) => object[], mode: 'production' | 'development') {
  @ChatController()
  class Controller {
    @OnMessage()
    *reply(_: unknown, ctx: ChatContext) {
      yield* events(ctx) as HandlerEvent[];
    }
  }
  const chat = await serveChat({ controllers: [Controller], mode });
  const reply = await chat.post(wire.create());
  const items = JSON.stringify(await chat.items((reply.events[0] as { thread: { id: string } }).thread.id));
  return { chat, text: reply.text, items, types: reply.types };
}

test.each(Object.entries(YIELDS))(
  '%s is sent and stored as if nothing more had been in it',
  async (_, events) => {
    const plain = await run(events, 'production');
    const odd = await run((ctx) => planted(events(ctx)) as object[], 'production');
    expect(odd.text).not.toContain(SECRET);
    expect(odd.items).not.toContain(SECRET);
    expect(odd.text.replace(TIMES, '')).toBe(plain.text.replace(TIMES, ''));
    expect(odd.items.replace(TIMES, '')).toBe(plain.items.replace(TIMES, ''));
  },
);

test.each(Object.entries(YIELDS))(
  'in development %s is refused, and the log names the field',
  async (_, events) => {
    const { chat, text, items } = await run((ctx) => planted(events(ctx)) as object[], 'development');
    expect(text).toContain('"code":"stream.error"');
    expect(text + items).not.toContain(SECRET);
    expect(chat.logger.messages('error')[0]).toMatch(/secret/);
  },
);

describe('nothing more comes by', () => {
  let ctxs: ChatContext[] = [];
  const message = plant({ ...ITEMS['an assistant message'], content: [plant(part)] });
  const asItem = (fields: object): WidgetItem => planted({ ...fields, ...ID }) as WidgetItem;

  @ChatController()
  class Roads {
    @OnMessage()
    async *reply(_: unknown, ctx: ChatContext): AsyncGenerator<HandlerEvent> {
      ctxs.push(ctx);
      yield { type: 'thread.item.done', item: { id: 'w', type: 'widget', widget: card } };
      yield hiddenContext('note');
    }

    @StreamOptions()
    options() {
      return plant({ allow_cancel: true });
    }

    @OnAction('item', { sync: true, payload: 'unchecked' })
    item(_: unknown, { thread }: ChatContext) {
      return asItem({ ...message, thread_id: thread.id });
    }

    @OnAction('sender', { sync: true, payload: 'unchecked' })
    sender(_: unknown, { sender }: ChatContext) {
      return plant(sender!);
    }

    @OnAction('replace', { sync: true, payload: 'unchecked' })
    replace(_: unknown, { sender }: ChatContext) {
      return replace(plant(sender!), card);
    }

    @OnAction('whole', { sync: true, payload: 'unchecked' })
    whole(_: unknown, { sender }: ChatContext) {
      return replace(plant({ ...sender!, copy_text: 'C' }));
    }

    @OnAction('status', { sync: true, payload: 'unchecked' })
    status(_: unknown, { thread }: ChatContext) {
      thread.status = plant({ type: 'locked', reason: 'r' });
    }

    @OnAction('store', { sync: true, payload: 'unchecked' })
    async store(_: unknown, { store, thread }: ChatContext) {
      const { id: thread_id, created_at } = thread;
      await store.saveItem(asItem({ ...message, thread_id, created_at }));
      await store.saveAttachment(plant({ id: 'a', type: 'file', name: 'n', mime_type: 'm/t' }));
      await store.patchThread(thread_id, plant({ status: plant({ type: 'closed' }), title: 'T' }));
    }
  }

  const attachmentStore: AttachmentStore = {
    createAttachment: (_, { name, mime_type }) =>
      planted({
        type: 'file',
        id: 'atc',
        name,
        mime_type,
        metadata: { own: 1 },
        upload_descriptor: { url: 'u', method: 'PUT' },
      }) as never,
    deleteAttachment: () => undefined,
  };

  async function serve(store: Store = new MemoryStore()) {
    ctxs = [];
    const chat = await serveChat({ controllers: [Roads], attachmentStore, mode: 'production', store });
    return { chat, threadId: await chat.newThread() };
  }

  async function everything(chat: TestChat, threadId: string): Promise<string> {
    const replies = await Promise.all(
      [wire.getThread(threadId), wire.listItems(threadId), wire.listThreads()].map((each) => chat.post(each)),
    );
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    const stored = [await chat.items(threadId), await chat.thread(threadId)];
    return JSON.stringify([...replies.map(({ text }) => text), stored]);
  }

  test.each(['item', 'sender', 'replace', 'whole', 'status', 'store'])('the sync action %s', async (name) => {
    const { chat, threadId } = await serve();
    const reply = await chat.post(wire.actSync(threadId, 'w', name));
    expect(reply.status).toBe(200);
    expect(reply.text).not.toContain(SECRET);
    const all = await everything(chat, threadId);
    expect(all).not.toContain(SECRET);
    expect(all).toContain('stays');
    if (name === 'store') {
      const kept = await chat.store.loadAttachment(ctxs[0] as never, 'a');
      expect(kept).toEqual({ id: 'a', type: 'file', name: 'n', mime_type: 'm/t' });
    }
  });

  test('stream options', async () => {
    const { chat } = await serve();
    expect((await chat.post(wire.create())).text).toContain('"stream_options":{"allow_cancel":true}}');
  });

  test('attachments', async () => {
    const { chat } = await serve();
    const reply = await chat.post(wire.announce());
    expect(reply.json).toMatchObject({ id: 'atc', upload_descriptor: { headers: {} } });
    const sent = await chat.post(wire.create('See', { attachments: ['atc'] }));
    const kept = await chat.store.loadAttachment(ctxs[0] as never, 'atc');
    expect(JSON.stringify([reply.json, sent.text, kept])).not.toContain(SECRET);
    expect(kept.metadata).toEqual({ own: 1 });
  });

  test('app.as', async () => {
    const store = new MemoryStore();
    const chat = chatkit({ controllers: [Roads], store, owner: 'shared', mode: 'production' });
    const { id } = await serveOne(store);
    const thread = await chat.app.as({}).thread(id);
    const added = await thread.add(planted({ type: 'thread.item.done', item: message }) as EventDraft);
    await thread.add({ type: 'thread.item.done', item: { id: 'w', type: 'widget', widget: card } });
    const replaced = await thread.replace('w', (current) => current);
    await thread.update({ status: plant({ type: 'closed' }) });
    const page = await thread_(store, id);
    expect(JSON.stringify([added, replaced, page, thread.metadata])).not.toContain(SECRET);
    expect(JSON.stringify(page)).toContain('stays');
  });

  test('a store that hands out fields of its own, and items that nobody knows', async () => {
    const inner = new MemoryStore();
    const odd = new Proxy(inner, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (key !== 'listItems' && key !== 'loadThread' && key !== 'listThreads') {
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        }
        return (...args: unknown[]) => {
          const found = (value as (...all: unknown[]) => unknown).apply(target, args) as {
            data?: ThreadItem[];
          };
          const result = planted(found) as { data?: unknown[] };
          if (key === 'listItems') result.data?.push({ ...ID, type: 'of_tomorrow', [SECRET]: 1 });
          return result;
        };
      },
    });
    const { chat, threadId } = await serve(odd);
    for (const request of [wire.getThread(threadId), wire.listItems(threadId), wire.listThreads()]) {
      const reply = await chat.post(request);
      expect(reply.status).toBe(200);
      expect(reply.text).not.toContain(SECRET);
      expect(reply.text).not.toContain('of_tomorrow');
      expect(() => reply.json).not.toThrow();
    }
  });
});

const SHARED = { owner: 'shared', requestContext: {}, signal: new AbortController().signal };

async function serveOne(store: Store) {
  const thread = {
    id: 'thr_1',
    created_at: '2020-01-01T00:00:00.000Z',
    status: { type: 'active' as const },
    metadata: {},
  };
  await store.createThread(SHARED, thread);
  return thread;
}

function thread_(store: Store, id: string) {
  return store.listItems(SHARED, id, { limit: 100, order: 'asc' });
}
