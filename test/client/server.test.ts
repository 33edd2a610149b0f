import 'reflect-metadata';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import {
  assistantMessage,
  assistantMessageStream,
  ChatController,
  clientEffect,
  clientToolCall,
  CustomStreamError,
  hiddenContext,
  MemoryStore,
  OnAction,
  OnFeedback,
  OnMessage,
  OnTranscribe,
  progress,
  replace,
  streamWidget,
  structuredInput,
  widget,
  type ActionRequest,
  type AttachmentStore,
  type ChatContext,
  type HandlerEvent,
  type WidgetItem,
} from '../../src';
import {
  completeToolCall,
  createClient,
  createThreadState,
  dropItemsAfter,
  endStream,
  reduceThread,
  type Annotation,
  type AssistantMessageItem,
  type ChatKitClient,
  type ChatKitClientOptions,
  type EventStream,
  type Task,
  type ThreadItemUpdate,
  type ThreadState,
  type ThreadStreamEvent,
  type VisibleItem,
  type Workflow,
} from '../../src/client';
import { chatkit } from '../../src/node';
import { failure } from './support';

const seen = { feedback: [] as unknown[], stopped: 0, locale: '', metadata: {} as unknown };

/** What the responder yields in answer to `script`. */
let script: (ctx: ChatContext) => Iterable<HandlerEvent>;

@ChatController()
class TestController {
  @OnMessage()
  async *answer(message: { content: { text: string }[] } | null, ctx: ChatContext) {
    seen.locale = ctx.locale;
    seen.metadata = ctx.metadata;
    const text = message?.content[0]?.text ?? 'nothing';
    if (text === 'script') yield* script(ctx);
    else if (text === 'ask') yield structuredInput([{ type: 'freeform', id: 'city', question: 'Which?' }]);
    else if (text === 'tool') yield clientToolCall('locate', {});
    else if (text === 'fail') throw new CustomStreamError('No seats left.');
    else if (text === 'widget') yield widget(card('a'));
    else if (text === 'endless') yield* this.endless();
    else {
      ctx.thread.title = 'A title';
      yield progress('Thinking');
      yield hiddenContext('secret');
      yield assistantMessageStream(['You ', 'said: ', text]);
      yield streamWidget(() => [card(''), card('Gr'), card('Grüezi')]);
      yield clientEffect('blink', { times: 2 });
    }
  }

  @OnAction('select', { payload: 'unchecked' })
  *select({ id }: { id: string }, { sender }: ChatContext) {
    yield replace(sender, card(id));
    yield assistantMessage(`Selected ${id}.`);
  }

  @OnAction('star', { payload: 'unchecked', sync: true })
  star({ id }: { id: string }, { sender }: ChatContext): WidgetItem {
    return { ...sender!, widget: card(`*${id}`) };
  }

  @OnFeedback()
  feedback(input: unknown) {
    seen.feedback.push(input);
  }

  @OnTranscribe()
  transcribe(audio: { data: Buffer; media_type: string }) {
    return `${audio.media_type} ${String(audio.data.length)}`;
  }

  private async *endless() {
    try {
      for (let count = 0; ; count += 1) {
        yield progress(String(count));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    } finally {
      seen.stopped += 1;
    }
  }
}

const card = (value: string) => ({ type: 'Card', children: [{ type: 'Text', id: 'text', value }] });

const uploads: AttachmentStore = {
  createAttachment: (_, { name, mime_type }) => ({
    id: `att_${name}`,
    type: 'file',
    name,
    mime_type,
    upload_descriptor: { url: 'https://upload', method: 'PUT', headers: {} },
  }),
  deleteAttachment: () => undefined,
};

const cleanup: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const task of cleanup.splice(0).reverse()) await task();
});

async function serve(options: Partial<ChatKitClientOptions> = {}): Promise<ChatKitClient> {
  const chat = chatkit({
    controllers: [TestController],
    store: new MemoryStore(),
    attachmentStore: uploads,
    context: (req) => (req.headers['x-user'] === undefined ? null : { user: String(req.headers['x-user']) }),
    owner: ({ user }) => user,
    cancelGrace: 500,
  });
  const server = createServer(chat);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanup.push(async () => {
    await chat.close({ timeoutMs: 0 });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return createClient({
    url: `http://127.0.0.1:${String(port)}/chatkit`,
    headers: { 'x-user': 'alice' },
    locale: 'de-CH',
    ...options,
  });
}

/** The state after a stream, with all of its states on the way. */
async function follow(stream: EventStream, state: ThreadState): Promise<ThreadState> {
  for await (const event of stream) state = reduceThread(state, event);
  return endStream(state);
}

async function all<T>(entries: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const entry of entries) list.push(entry);
  return list;
}

const start = (client: ChatKitClient, text: string): Promise<ThreadState> =>
  follow(client.threads.create(text), createThreadState());

const last = ({ items }: ThreadState): VisibleItem => items.at(-1)!;
const types = ({ items }: ThreadState): string[] => items.map(({ type }) => type);

describe('The client, talking to a server', () => {
  it('creates a thread and follows what becomes of it', async () => {
    const client = await serve();
    const states: ThreadState[] = [];
    let state = createThreadState();
    for await (const event of client.threads.create('Hi', { metadata: { from: 'test' } })) {
      state = reduceThread(state, event);
      states.push(state);
    }
    expect(types(state)).toEqual(['user_message', 'assistant_message', 'widget']);
    expect(state.items[1]).toMatchObject({ content: [{ text: 'You said: Hi' }] });
    expect(state.items[2]).toMatchObject({ widget: card('Grüezi') });
    expect(state).toMatchObject({
      thread: { title: 'A title' },
      allowCancel: true,
      progress: undefined,
      pendingItemIds: [],
      effects: [{ name: 'blink', data: { times: 2 } }],
    });
    expect(seen).toMatchObject({ locale: 'de-CH', metadata: { from: 'test' } });
    expect(states.some(({ progress: at }) => at?.text === 'Thinking')).toBe(true);
    const shown = states.map(({ items }) => (items[1] as AssistantMessageItem | undefined)?.content[0]?.text);
    expect(shown).toEqual(expect.arrayContaining(['You ', 'You said: ', 'You said: Hi']));
    const cards = states.map(({ items }) => (items[2] as WidgetItem | undefined)?.widget);
    expect(cards).toEqual(expect.arrayContaining([card(''), card('Gr'), card('Grüezi')]));

    const stored = await client.threads.get(state.thread!.id);
    const again = createThreadState(stored);
    expect(again).toMatchObject({ thread: state.thread, items: state.items });
  });

  it('sends the next message, and answers one anew', async () => {
    const client = await serve();
    let state = await start(client, 'one');
    const { id } = state.thread!;
    state = await follow(client.threads.addUserMessage(id, 'two'), state);
    expect(state.items).toHaveLength(6);

    const first = state.items[0]!.id;
    state = await follow(client.threads.retryAfterItem(id, first), dropItemsAfter(state, first));
    expect(state.items).toHaveLength(3);
    expect((await client.threads.get(id)).items.data).toEqual(state.items);
  });

  it('answers client tools and questions', async () => {
    const client = await serve();
    let state = await start(client, 'tool');
    const { id } = state.thread!;
    expect(last(state)).toMatchObject({ type: 'client_tool_call', status: 'pending' });
    state = completeToolCall(state, { lat: 47 });
    state = await follow(client.threads.addClientToolOutput(id, { lat: 47 }), state);
    expect(state.items[1]).toMatchObject({ status: 'completed', output: { lat: 47 } });

    state = await follow(client.threads.addUserMessage(id, 'ask'), state);
    const question = last(state).id;
    state = await follow(client.threads.addStructuredInput(id, question, { city: ['Bern'] }), state);
    expect(state.items.find((item) => item.id === question)).toMatchObject({
      status: 'answered',
      inputs: [{ answer: { values: ['Bern'], skipped: false } }],
    });
    expect((await client.threads.get(id)).items.data).toEqual(state.items);
  });

  it('fires actions, and sync actions', async () => {
    const client = await serve();
    let state = await start(client, 'widget');
    const { id } = state.thread!;
    const itemId = last(state).id;
    const action: ActionRequest = { type: 'select', payload: { id: 'b' } };
    state = await follow(client.threads.action(id, action, { itemId }), state);
    expect(types(state)).toEqual(['user_message', 'widget', 'assistant_message']);
    expect(state.items[1]).toMatchObject({ id: itemId, widget: card('b') });

    const reply = await client.threads.syncAction(id, { type: 'star', payload: { id: 'b' } }, { itemId });
    expect(reply.updated_item).toMatchObject({ id: itemId, widget: card('*b') });
  });

  it('lists, renames and deletes threads', async () => {
    const client = await serve();
    const ids: string[] = [];
    for (const text of ['widget', 'widget', 'widget']) ids.unshift((await start(client, text)).thread!.id);
    const page = await client.threads.list({ limit: 2 });
    expect(page).toMatchObject({ has_more: true, after: ids[1] });
    expect((await all(client.threads.iterate({ limit: 1 }))).map(({ id }) => id)).toEqual(ids);
    expect(await client.threads.update(ids[0]!, { title: 'New' })).toMatchObject({ title: 'New' });
    await expect(client.threads.delete(ids[0]!)).resolves.toBeUndefined();
    expect((await client.threads.list({ order: 'asc' })).data.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
  });

  it('lists items, and rates them', async () => {
    const client = await serve();
    const state = await start(client, 'Hi');
    const { id } = state.thread!;
    expect(await client.items.list(id, { limit: 1 })).toMatchObject({ data: [last(state)], has_more: true });
    expect(await all(client.items.iterate(id, { limit: 2, order: 'asc' }))).toEqual(state.items);
    await client.items.feedback(id, [last(state).id], 'positive');
    expect(seen.feedback).toEqual([{ item_ids: [last(state).id], kind: 'positive' }]);
  });

  it('announces attachments, sends them with a message, and takes them back', async () => {
    const client = await serve();
    const attachment = await client.attachments.create({ name: 'a.txt', size: 3, mime_type: 'text/plain' });
    expect(attachment).toMatchObject({ id: 'att_a.txt', upload_descriptor: { method: 'PUT' } });
    const stream = client.threads.create({ content: 'Look', attachments: [attachment] });
    const state = await follow(stream, createThreadState());
    expect(state.items[0]).toMatchObject({ attachments: [{ id: 'att_a.txt' }] });
    await expect(client.attachments.delete(attachment.id)).resolves.toBeUndefined();
    expect(await failure(client.attachments.delete(attachment.id))).toMatchObject({ status: 404 });
  });

  it('transcribes', async () => {
    const client = await serve();
    const recording = new Blob([new Uint8Array(70_000)], { type: 'audio/webm;codecs=opus' });
    expect(await client.transcribe(recording)).toEqual({ text: 'audio/webm 70000' });
  });

  it('takes operations by their names', async () => {
    const client = await serve();
    const input = { content: [], attachments: [], inference_options: {} };
    const events = await client.stream('threads.create', { input }).collect();
    expect(events[0]?.type).toBe('thread.created');
    expect((await client.send('threads.list', {})).data).toHaveLength(1);
  });
});

describe('What goes wrong on a server', () => {
  it('before a stream begins is thrown, with all that it says', async () => {
    const client = await serve();
    const missing = await failure(client.threads.addUserMessage('nowhere', 'Hi').collect());
    expect(missing).toMatchObject({ status: 404, code: 'not_found' });
    expect((missing as { requestId?: string }).requestId).toMatch(/^[\w-]{36}$/);
    const { thread } = await start(client, 'widget');
    const late = await failure(client.threads.addClientToolOutput(thread!.id, 1).collect());
    expect(late).toMatchObject({ status: 409, code: 'conflict' });
    const bad = await failure(client.threads.list({ limit: -1 }));
    expect(bad).toMatchObject({ status: 400, issues: [{ path: 'params.limit' }] });
  });

  it('is thrown where nobody is logged in', async () => {
    const client = await serve({ headers: {} });
    expect(await failure(client.threads.list())).toMatchObject({ status: 401, code: 'unauthorized' });
  });

  it('inside a run is an event, and the state shows it', async () => {
    const state = await start(await serve(), 'fail');
    expect(state.error).toMatchObject({ code: 'custom', message: 'No seats left.', allow_retry: false });
  });

  it('is thrown where there is no server', async () => {
    const client = createClient({ url: 'http://127.0.0.1:1/chatkit' });
    expect(await failure(client.threads.list())).toMatchObject({ status: 0, code: 'network_error' });
    expect(await failure(client.threads.create('Hi').collect())).toMatchObject({ code: 'network_error' });
  });

  it('is thrown where a server dies within a stream', async () => {
    const server = createServer((_, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      res.write('data: {"type":"progress_update","text":"a"}\n\ndata: {"ty');
      setTimeout(() => res.destroy(), 20);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanup.push(() => new Promise((resolve) => server.close(resolve)));
    const { port } = server.address() as AddressInfo;
    const client = createClient({ url: `http://127.0.0.1:${String(port)}` });
    expect(await failure(client.threads.create('Hi').collect())).toMatchObject({
      code: 'stream_broken',
      eventCount: 1,
      rest: 'data: {"ty',
    });
  });
});

describe('Leaving a stream', () => {
  const untilStopped = async (before: number): Promise<void> => {
    const deadline = Date.now() + 5_000;
    while (seen.stopped === before && Date.now() < deadline) await new Promise((r) => setTimeout(r, 5));
    expect(seen.stopped).toBe(before + 1);
  };

  it('stops the run', async () => {
    const client = await serve();
    const before = seen.stopped;
    for await (const event of client.threads.create('endless')) {
      if (event.type === 'progress_update' && event.text === '3') break;
    }
    await untilStopped(before);
  });

  it('by an error in the loop stops the run', async () => {
    const client = await serve();
    const before = seen.stopped;
    const loop = async (): Promise<void> => {
      for await (const event of client.threads.create('endless')) {
        if (event.type === 'progress_update') throw new Error('mine');
      }
    };
    await expect(loop()).rejects.toThrow('mine');
    await untilStopped(before);
  });

  it('by a signal stops the run and throws its reason', async () => {
    const client = await serve();
    const before = seen.stopped;
    const controller = new AbortController();
    const events: ThreadStreamEvent[] = [];
    const loop = async (): Promise<void> => {
      for await (const event of client.threads.create('endless', { signal: controller.signal })) {
        events.push(event);
        if (event.type === 'progress_update') setTimeout(() => controller.abort(), 10);
      }
    };
    expect((await failure(loop())).name).toBe('AbortError');
    expect(events.length).toBeGreaterThan(0);
    await untilStopped(before);
  });
});

describe('Replaying the events of any stream', () => {
  type Step =
    | { kind: 'message'; deltas: string[]; sources: string[] }
    | { kind: 'widget'; deltas: string[]; whole: boolean }
    | { kind: 'workflow'; titles: string[] }
    | { kind: 'hidden' }
    | { kind: 'replace' | 'remove' | 'again'; pick: number }
    | { kind: 'progress' | 'effect' | 'title' };

  const word = fc.string({ maxLength: 4 });
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({
      kind: fc.constant('message' as const),
      deltas: fc.array(word, { maxLength: 3 }),
      sources: fc.array(word, { maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('widget' as const),
      deltas: fc.array(word, { maxLength: 3 }),
      whole: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('workflow' as const), titles: fc.array(word, { maxLength: 3 }) }),
    fc.record({ kind: fc.constant('hidden' as const) }),
    fc.record({
      kind: fc.constantFrom('replace' as const, 'remove' as const, 'again' as const),
      pick: fc.nat(),
    }),
    fc.record({ kind: fc.constantFrom('progress' as const, 'effect' as const, 'title' as const) }),
  );

  const head = (ctx: ChatContext) => ({
    id: ctx.store.generateId('message'),
    thread_id: ctx.thread.id,
    created_at: '2026-01-01T00:00:00.000Z',
  });

  /** An item that comes bit by bit: at its end, the updates have made of it what is stored. */
  function* writeItem(each: Extract<Step, { kind: 'message' | 'widget' | 'workflow' }>, ctx: ChatContext) {
    const base = head(ctx);
    const begin = (item: VisibleItem): HandlerEvent => ({ type: 'thread.item.added', item });
    const update = (change: ThreadItemUpdate): HandlerEvent => ({
      type: 'thread.item.updated',
      item_id: base.id,
      update: change,
    });
    switch (each.kind) {
      case 'message': {
        const { deltas, sources } = each;
        const part = { type: 'output_text' as const, annotations: [] };
        yield begin({ ...base, type: 'assistant_message', content: [] });
        yield update({
          type: 'assistant_message.content_part.added',
          content_index: 0,
          content: { ...part, text: '' },
        });
        const at = { content_index: 0 };
        for (const delta of deltas) {
          yield update({ type: 'assistant_message.content_part.text_delta', ...at, delta });
        }
        const annotations = sources.map((title): Annotation => {
          return { type: 'annotation', source: { type: 'file', title, filename: 'f' } };
        });
        for (const annotation of annotations.toReversed()) {
          const type = 'assistant_message.content_part.annotation_added';
          yield update({ type, ...at, annotation_index: 0, annotation });
        }
        const content = [{ ...part, text: deltas.join(''), annotations }];
        return { ...base, type: 'assistant_message', content } satisfies VisibleItem;
      }
      case 'widget': {
        let value = '';
        yield begin({ ...base, type: 'widget', widget: card(value) });
        for (const delta of each.deltas) {
          value += delta;
          yield each.whole
            ? update({ type: 'widget.root.updated', widget: card(value) })
            : update({ type: 'widget.streaming_text.value_delta', component_id: 'text', delta, done: false });
        }
        return { ...base, type: 'widget', widget: card(value) } satisfies VisibleItem;
      }
      case 'workflow': {
        const workflow: Workflow = { type: 'custom', tasks: [] };
        yield begin({ ...base, type: 'workflow', workflow });
        const tasks = each.titles.map((title): Task => ({ type: 'custom', title }));
        for (const [task_index, task] of tasks.entries()) {
          yield update({
            type: 'workflow.task.added',
            task_index,
            task: { ...task, status_indicator: 'loading' },
          });
          yield update({ type: 'workflow.task.updated', task_index, task });
        }
        return { ...base, type: 'workflow', workflow: { ...workflow, tasks } } satisfies VisibleItem;
      }
    }
  }

  function* play(steps: readonly Step[], ctx: ChatContext): Generator<HandlerEvent> {
    const stored: VisibleItem[] = [];
    for (const each of steps) {
      switch (each.kind) {
        case 'message':
        case 'widget':
        case 'workflow': {
          const item = yield* writeItem(each, ctx);
          stored.push(item);
          yield { type: 'thread.item.done', item };
          break;
        }
        case 'hidden':
          yield hiddenContext('secret');
          break;
        case 'progress':
          yield progress('…');
          break;
        case 'effect':
          yield clientEffect('e', {});
          break;
        case 'title':
          ctx.thread.title = `Title ${String(stored.length)}`;
          break;
        default: {
          const item = stored[each.pick % stored.length];
          if (item === undefined) break;
          const changed: VisibleItem = item.type === 'widget' ? { ...item, widget: card('changed') } : item;
          if (each.kind === 'again') yield { type: 'thread.item.done', item: changed };
          else if (each.kind === 'replace') yield { type: 'thread.item.replaced', item: changed };
          else {
            stored.splice(stored.indexOf(item), 1);
            yield { type: 'thread.item.removed', item_id: item.id };
          }
        }
      }
    }
  }

  it('gives what the server has stored', async () => {
    const client = await serve();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        script = (ctx) => play(steps, ctx);
        let state = createThreadState();
        for await (const event of client.threads.create('script')) {
          const before = state;
          state = reduceThread(state, event);
          if (event.type !== 'thread.item.done' || !before.pendingItemIds.includes(event.item.id)) continue;
          expect(before.items.at(-1)).toEqual(event.item);
        }
        expect(state.error).toBeUndefined();
        const stored = await client.threads.get(state.thread!.id);
        const { items, ...head } = stored;
        expect(state.items).toEqual(items.data);
        expect(state.thread).toEqual(head);
      }),
      { numRuns: 150 },
    );
  });
});
