import fc from 'fast-check';
import {
  completeToolCall,
  createThreadState,
  dropItemsAfter,
  endStream,
  reduceThread,
  type Annotation,
  type Task,
  type Thread,
  type ThreadItem,
  type ThreadItemUpdate,
  type ThreadState,
  type ThreadStreamEvent,
  type VisibleItem,
  type WidgetItem,
  type WidgetRoot,
} from '../../src/client';
import { anyItem, update as anyUpdate } from '../protocol/arbitraries';

const base = { thread_id: 't', created_at: '2026-01-01T00:00:00.000Z' };
const message = (id: string, text = ''): VisibleItem => ({
  ...base,
  id,
  type: 'assistant_message',
  content: text === '' ? [] : [{ type: 'output_text', text, annotations: [] }],
});
const widget = (root: WidgetRoot, id = 'w'): VisibleItem => ({ ...base, id, type: 'widget', widget: root });
const thread = (id = 't', data: VisibleItem[] = []): Thread => ({
  id,
  title: 'Title',
  created_at: base.created_at,
  status: { type: 'active' },
  metadata: {},
  items: { data, has_more: false },
});
const added = (item: ThreadItem): ThreadStreamEvent => ({ type: 'thread.item.added', item });
const done = (item: ThreadItem): ThreadStreamEvent => ({ type: 'thread.item.done', item });
const replaced = (item: ThreadItem): ThreadStreamEvent => ({ type: 'thread.item.replaced', item });
const removed = (item_id: string): ThreadStreamEvent => ({ type: 'thread.item.removed', item_id });
const updated = (item_id: string, update: ThreadItemUpdate): ThreadStreamEvent => ({
  type: 'thread.item.updated',
  item_id,
  update,
});
const progress: ThreadStreamEvent = { type: 'progress_update', text: 'Searching', icon: 'search' };

const after = (...events: ThreadStreamEvent[]): ThreadState =>
  events.reduce(reduceThread, createThreadState());
const ids = ({ items }: ThreadState): string[] => items.map(({ id }) => id);

/** The only item, after updates. */
function itemAfter(item: VisibleItem, ...updates: ThreadItemUpdate[]): VisibleItem | undefined {
  return after(added(item), ...updates.map((update) => updated(item.id, update))).items[0];
}

describe('The state of a thread', () => {
  it('begins empty, or with what the server has', () => {
    expect(createThreadState()).toMatchObject({ thread: undefined, items: [], allowCancel: false });
    const { items, ...head } = thread('t', [message('a')]);
    expect(createThreadState({ ...head, items })).toMatchObject({ thread: head, items: [message('a')] });
    expect(createThreadState(thread(), [message('b')]).items).toEqual([message('b')]);
  });

  it('takes the thread from its events, without its items', () => {
    const { items, ...head } = thread();
    const state = after({ type: 'thread.created', thread: thread() });
    expect(state.thread).toEqual(head);
    expect(state.items).toEqual(items.data);
    const renamed = { ...thread(), title: 'New' };
    const next = reduceThread(state, { type: 'thread.updated', thread: renamed });
    expect(next.thread?.title).toBe('New');
    expect(next.items).toBe(state.items);
  });

  it('takes in items that come with a thread, and begins anew with another thread', () => {
    const state = after(done(message('a')), added(message('b')), {
      type: 'thread.updated',
      thread: thread('t', [message('a', 'new'), message('c')]),
    });
    expect(state.items).toEqual([message('a', 'new'), message('b'), message('c')]);
    const other = reduceThread(state, { type: 'thread.created', thread: thread('u', [message('d')]) });
    expect(other).toMatchObject({ items: [message('d')], pendingItemIds: [] });
  });
});

describe('Items', () => {
  it('come in the order in which they appear, and keep their place when they are done', () => {
    const state = after(added(message('a')), done(message('b')), done(message('a', 'whole')));
    expect(state.items).toEqual([message('a', 'whole'), message('b')]);
  });

  it('are pending until they are done, replaced or removed', () => {
    const events = [added(message('a')), added(message('b')), added(message('c')), added(message('c'))];
    expect(after(...events).pendingItemIds).toEqual(['a', 'b', 'c']);
    const state = after(...events, done(message('b')), replaced(message('a')), removed('c'));
    expect(state.pendingItemIds).toEqual([]);
    expect(ids(state)).toEqual(['a', 'b']);
  });

  it('are replaced in their place; one that is not there comes last', () => {
    const state = after(
      done(message('a')),
      done(message('b')),
      replaced(message('a', 'new')),
      replaced(message('c')),
    );
    expect(state.items).toEqual([message('a', 'new'), message('b'), message('c')]);
  });

  it('are removed; removing what is not there changes nothing', () => {
    const state = after(done(message('a')), done(message('b')), removed('a'));
    expect(ids(state)).toEqual(['b']);
    expect(reduceThread(state, removed('x'))).toBe(state);
  });

  it('of hidden types are never shown, and those of unknown types are', () => {
    const hidden = { ...base, id: 'h', type: 'hidden_context_item' as const, content: 'x' };
    const future = { ...base, id: 'f', type: 'future' } as unknown as VisibleItem;
    expect(ids(after(added(hidden), done(hidden), replaced(hidden), done(future)))).toEqual(['f']);
  });
});

describe('Updates of a message', () => {
  const part = (text: string, annotations: Annotation[] = []) => ({
    type: 'output_text' as const,
    text,
    annotations,
  });
  const source = (title: string): Annotation => ({
    type: 'annotation',
    source: { type: 'url', title, url: 'https://x' },
  });
  const delta = (text: string, content_index = 0): ThreadItemUpdate => ({
    type: 'assistant_message.content_part.text_delta',
    content_index,
    delta: text,
  });

  it('add parts and text, and end with the whole part', () => {
    const start: ThreadItemUpdate[] = [
      { type: 'assistant_message.content_part.added', content_index: 0, content: part('') },
      delta('Hel'),
      delta('lo'),
      { type: 'assistant_message.content_part.added', content_index: 1, content: part('second') },
    ];
    expect(itemAfter(message('a'), ...start)).toMatchObject({ content: [part('Hello'), part('second')] });
    expect(
      itemAfter(message('a'), ...start, {
        type: 'assistant_message.content_part.done',
        content_index: 0,
        content: part('Hello!', [source('s')]),
      }),
    ).toMatchObject({ content: [part('Hello!', [source('s')]), part('second')] });
  });

  it('may come for parts that nobody announced, but not for any number of them', () => {
    expect(itemAfter(message('a'), delta('x', 1))).toMatchObject({ content: [part(''), part('x')] });
    expect(itemAfter(message('a'), delta('x', 1e9))).toEqual(message('a'));
    expect(itemAfter(message('a'), delta('x', -1), delta('x', 0.5))).toEqual(message('a'));
  });

  it('insert annotations at their index', () => {
    const insert = (title: string, annotation_index: number): ThreadItemUpdate => ({
      type: 'assistant_message.content_part.annotation_added',
      content_index: 0,
      annotation_index,
      annotation: source(title),
    });
    expect(
      itemAfter(message('a', 'x'), insert('2', 0), insert('1', 0), insert('4', 9), insert('3', 2)),
    ).toMatchObject({ content: [part('x', ['1', '2', '3', '4'].map(source))] });
  });
});

describe('Updates of a widget', () => {
  const text = (id: string, value: string, rest: object = {}) => ({ type: 'Text', id, value, ...rest });
  const grow = (component_id: string, delta: string, finished = false): ThreadItemUpdate => ({
    type: 'widget.streaming_text.value_delta',
    component_id,
    delta,
    done: finished,
  });

  it('let text grow by component id, wherever in the tree', () => {
    const root = (value: string): WidgetRoot => ({
      type: 'Card',
      children: [{ type: 'Row', children: { type: 'Col', children: [text('a', 'x'), text('b', value)] } }],
      confirm: { label: 'OK', action: { type: 'x', payload: { id: 'b', type: 'decoy', value: 'y' } } },
    });
    expect(itemAfter(widget(root('He')), grow('b', 'l'), grow('b', 'lo'))).toEqual(widget(root('Hello')));
    const nested = { type: 'ListView', header: { type: 'Box', slot: [[text('deep', '')]] } };
    expect(itemAfter(widget(nested), grow('deep', 'x'))).toMatchObject({
      widget: { header: { slot: [[text('deep', 'x')]] } },
    });
  });

  it('look for no component in what an action carries', () => {
    const root = { type: 'Button', onClickAction: { type: 'x', payload: text('a', 'v') } };
    expect(itemAfter(widget(root), grow('a', 'w'))).toEqual(widget(root));
  });

  it('end the streaming of a text with its last delta', () => {
    const streaming = { type: 'Card', children: [text('a', '', { streaming: true })] };
    expect(itemAfter(widget(streaming), grow('a', 'x'))).toMatchObject({
      widget: { children: [text('a', 'x', { streaming: true })] },
    });
    expect(itemAfter(widget(streaming), grow('a', 'x', true))).toMatchObject({
      widget: { children: [text('a', 'x', { streaming: false })] },
    });
    expect(itemAfter(widget(text('a', 'x')), grow('a', 'y', true))).toEqual(widget(text('a', 'xy')));
  });

  it('replace a component, or the root', () => {
    const root = { type: 'Card', children: [text('a', 'x'), text('b', 'y')] };
    expect(
      itemAfter(widget(root), {
        type: 'widget.component.updated',
        component_id: 'b',
        component: { type: 'Badge', label: 'new' },
      }),
    ).toEqual(widget({ type: 'Card', children: [text('a', 'x'), { type: 'Badge', label: 'new' }] }));
    expect(itemAfter(widget(root), { type: 'widget.root.updated', widget: { type: 'Basic' } })).toEqual(
      widget({ type: 'Basic' }),
    );
    expect(
      itemAfter(widget({ ...root, id: 'r' }), {
        type: 'widget.component.updated',
        component_id: 'r',
        component: { type: 'Basic' },
      }),
    ).toEqual(widget({ type: 'Basic' }));
  });

  it('copy only what lies on the way to the component', () => {
    const root = { type: 'Card', children: [text('a', 'x'), { type: 'Row', children: [text('b', 'y')] }] };
    const before = after(added(widget(root)), done(message('m')));
    const next = reduceThread(before, updated('w', grow('a', '!')));
    const children = (state: ThreadState) => (state.items[0] as WidgetItem).widget['children'] as unknown[];
    expect(children(next)[1]).toBe(children(before)[1]);
    expect(next.items[1]).toBe(before.items[1]);
    expect(root.children[0]).toEqual(text('a', 'x'));
    expect(reduceThread(before, updated('w', grow('nowhere', '!')))).toBe(before);
  });
});

describe('Updates of workflows and images', () => {
  const task = (title: string): Task => ({ type: 'custom', title });
  const flow = (tasks: Task[]): VisibleItem => ({
    ...base,
    id: 'f',
    type: 'workflow',
    workflow: { type: 'custom', tasks },
  });

  it('add tasks and change them', () => {
    expect(
      itemAfter(
        flow([]),
        { type: 'workflow.task.added', task_index: 0, task: task('a') },
        { type: 'workflow.task.added', task_index: 1, task: task('b') },
        { type: 'workflow.task.updated', task_index: 0, task: task('A') },
        { type: 'workflow.task.updated', task_index: 7, task: task('nowhere') },
      ),
    ).toEqual(flow([task('A'), task('b')]));
  });

  it('show an image and how far it is, until it is there', () => {
    const item: VisibleItem = { ...base, id: 'g', type: 'generated_image' };
    const image = { id: 'i', url: 'https://x' };
    const state = after(added(item), updated('g', { type: 'generated_image.updated', image, progress: 0.5 }));
    expect(state).toMatchObject({ items: [{ ...item, image }], imageProgress: { g: 0.5 } });
    expect(reduceThread(state, done({ ...item, image })).imageProgress).toEqual({});
    expect(reduceThread(state, removed('g')).imageProgress).toEqual({});
  });
});

describe('What passes', () => {
  it('is progress, until an item shows it', () => {
    expect(after(progress).progress).toEqual({ text: 'Searching', icon: 'search' });
    for (const event of [added(message('a')), done(message('a')), replaced(message('a'))]) {
      expect(after(progress, event).progress).toBeUndefined();
    }
  });

  it('is the permission to cancel, which every run gives anew', () => {
    const options = (allow_cancel: boolean): ThreadStreamEvent => ({
      type: 'stream_options',
      stream_options: { allow_cancel },
    });
    expect(after(options(true)).allowCancel).toBe(true);
    expect(after(options(true), options(false)).allowCancel).toBe(false);
  });

  it('is the last error, until the next run', () => {
    const error: ThreadStreamEvent = { type: 'error', code: 'custom', message: 'No.', allow_retry: false };
    const state = after(progress, error);
    expect(state).toMatchObject({ error, progress: undefined });
    const next = reduceThread(state, { type: 'stream_options', stream_options: { allow_cancel: true } });
    expect(next.error).toBeUndefined();
  });

  it('are notices and effects, in order', () => {
    const notice = (text: string): ThreadStreamEvent => ({ type: 'notice', level: 'info', message: text });
    const effect = (name: string): ThreadStreamEvent => ({ type: 'client_effect', name, data: { a: null } });
    const state = after(notice('1'), effect('a'), notice('2'), effect('b'));
    expect(state.notices).toEqual([notice('1'), notice('2')]);
    expect(state.effects).toEqual([effect('a'), effect('b')]);
  });

  it('is over when the stream is', () => {
    const state = after(
      { type: 'stream_options', stream_options: { allow_cancel: true } },
      added(message('a')),
    );
    const ended = endStream(reduceThread(state, progress));
    expect(ended).toMatchObject({ allowCancel: false, pendingItemIds: [], progress: undefined });
    expect(ids(ended)).toEqual(['a']);
    expect(endStream(ended)).toBe(ended);
  });
});

describe('What the server changes without telling', () => {
  it('are the items after a message that is answered anew', () => {
    const state = after(done(message('a')), done(message('b')), added(message('c')));
    const shorter = dropItemsAfter(state, 'a');
    expect(shorter).toMatchObject({ items: [message('a')], pendingItemIds: [] });
    expect(dropItemsAfter(shorter, 'a')).toBe(shorter);
    expect(dropItemsAfter(shorter, 'x')).toBe(shorter);
  });

  it('are the calls of client tools when one is answered', () => {
    const call = (id: string, rest: object = { status: 'pending' }): VisibleItem =>
      ({
        ...base,
        id,
        type: 'client_tool_call',
        call_id: id,
        name: 'n',
        arguments: {},
        ...rest,
      }) as VisibleItem;
    const state = after(done(call('a')), done(call('b')), done(message('m')));
    const next = completeToolCall(state, { ok: true });
    expect(next.items).toEqual([call('b', { status: 'completed', output: { ok: true } }), message('m')]);
    expect(completeToolCall(next, 1)).toBe(next);
  });
});

describe('The reducer', () => {
  it('passes over events that it does not know, and over malformed ones', () => {
    const state = after(done(message('a')), added(widget({ type: 'Card' })), progress);
    const odd: unknown[] = [
      null,
      undefined,
      'x',
      [],
      {},
      { type: 'thread.future' },
      { type: 'thread.created' },
      { type: 'thread.updated', thread: { id: 7 } },
      { type: 'progress_update' },
      { type: 'notice' },
      { type: 'client_effect' },
    ];
    for (const event of odd) expect(reduceThread(state, event as ThreadStreamEvent)).toBe(state);
  });

  it('changes no item by an update of another kind', () => {
    const state = after(done(message('a', 'x')), done(widget({ type: 'Card' })));
    const update: ThreadItemUpdate = { type: 'workflow.task.added', task_index: 0, task: { type: 'image' } };
    for (const id of ['a', 'w', 'nowhere']) expect(reduceThread(state, updated(id, update))).toBe(state);
  });

  it('leaves malformed items as they are', () => {
    const update: ThreadItemUpdate = { type: 'workflow.task.added', task_index: 0, task: { type: 'image' } };
    for (const odd of [{}, { workflow: null }, { workflow: { tasks: 'x' } }]) {
      const state = after(done({ ...base, id: 'f', type: 'workflow', ...odd } as unknown as ThreadItem));
      expect(reduceThread(state, updated('f', update))).toBe(state);
    }
  });

  it('never throws, and never changes what it is given', () => {
    const id = fc.constantFrom('a', 'b', '__proto__', 'constructor');
    const index = fc.oneof(fc.nat({ max: 3 }), fc.jsonValue({ maxDepth: 0 }));
    const withId = anyItem.chain((item) => id.map((each) => ({ ...item, id: each })));
    const oddUpdate = fc
      .tuple(
        anyUpdate,
        fc.dictionary(
          fc.constantFrom(
            'content_index',
            'annotation_index',
            'task_index',
            'delta',
            'content',
            'task',
            'image',
            'widget',
            'annotation',
            'component',
          ),
          index,
        ),
      )
      .map(([update, odd]) => ({ ...update, ...odd }));
    const oddItem = fc
      .tuple(
        withId,
        fc.dictionary(
          fc.constantFrom('content', 'workflow', 'widget', 'image'),
          fc.jsonValue({ maxDepth: 2 }),
        ),
      )
      .map(([item, odd]) => ({ ...item, ...odd }));
    const event = fc.oneof(
      fc.record({
        type: fc.constantFrom('thread.item.added', 'thread.item.done', 'thread.item.replaced'),
        item: oddItem,
      }),
      fc.record({
        type: fc.constant('thread.item.updated'),
        item_id: id,
        update: fc.oneof(anyUpdate, oddUpdate),
      }),
      fc.record({ type: fc.constant('thread.item.removed'), item_id: fc.oneof(id, fc.jsonValue()) }),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        let state = createThreadState();
        for (const each of events) {
          const before = structuredClone({ state, each });
          const next = reduceThread(state, each as unknown as ThreadStreamEvent);
          expect({ state, each }).toEqual(before);
          expect(new Set(ids(next)).size).toBe(next.items.length);
          state = next;
        }
      }),
      { numRuns: 500 },
    );
  });
});
