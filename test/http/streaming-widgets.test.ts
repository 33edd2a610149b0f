import {
  assistantMessage,
  ChatController,
  MemoryStore,
  OnAction,
  OnMessage,
  replace,
  streamWidget,
  type ChatContext,
  type Store,
  type StreamWidgetOptions,
  type WidgetItem,
  type WidgetRoot,
} from '../../src';
import { SqliteStore } from '../../src/stores/sqlite';
import { serveChat, type TestChat } from '../support/chat';
import { afterThisTest } from '../support/cleanup';
import * as wire from '../support/requests';
import { Latch } from '../support/wait';

/*
 * An action may come from a widget that is still streamed: it works on the widget as far as it has come,
 * and what it changes is still there when the widget is done.
 */

const card = (text: string, star = false, more: WidgetRoot[] = []): WidgetRoot => ({
  type: 'Card',
  children: [
    { type: 'Text', id: 'story', value: text },
    { type: 'Button', label: star ? 'starred' : 'star', onClickAction: { type: 'star', streaming: false } },
    ...more,
  ],
});

/** What the Text of a card says, and its Button. */
const told = (widget: WidgetRoot | undefined): unknown[] =>
  ((widget?.['children'] ?? []) as WidgetRoot[]).map((each) => each['value'] ?? each['label']);

let states: { show: WidgetRoot; then: Latch }[];
let options: StreamWidgetOptions;

@ChatController()
class Stories {
  @OnMessage()
  *reply(_: unknown, ctx: ChatContext) {
    if (ctx.action !== null) return;
    yield streamWidget(async function* () {
      for (const { show, then } of states) {
        yield show;
        await then.opened;
      }
    }, options);
    yield assistantMessage('The end.');
  }

  @OnAction('star', { sync: true, payload: 'unchecked' })
  star(_: unknown, { sender }: ChatContext) {
    const [text, ...others] = sender!.widget['children'] as WidgetRoot[];
    return { ...sender!.widget, children: [text, { ...others[0], label: 'starred' }, ...others.slice(1)] };
  }

  @OnAction('change', { sync: true, payload: 'unchecked' })
  change(_: unknown, { sender }: ChatContext) {
    return replace(sender, (current) => this.star(undefined, { sender: { widget: current } } as never));
  }

  @OnAction('size', { sync: true, payload: 'unchecked' })
  size(_: unknown, { sender }: ChatContext) {
    return { ...sender!.widget, size: 'full' };
  }

  @OnAction('remove', { sync: true, payload: 'unchecked' })
  async remove(_: unknown, { store, thread, sender }: ChatContext) {
    await store.deleteItem(thread.id, sender!.id);
  }

  @OnAction('fail', { sync: true, payload: 'unchecked' })
  fail(): void {
    throw new Error('It broke.');
  }

  @OnAction('read', { payload: 'unchecked' })
  read(_: unknown, { sender }: ChatContext) {
    return assistantMessage(String(told(sender!.widget)[0]));
  }
}

/** Starts a story of these states; each is shown when the one before has been let go. */
async function begin(chat: TestChat, ...shown: WidgetRoot[]) {
  states = shown.map((show) => ({ show, then: new Latch() }));
  const stream = await chat.open(wire.create('Tell'));
  const created = await stream.until(({ type }) => type === 'thread.created');
  const added = await stream.until(({ type }) => type === 'thread.item.added');
  if (created.type !== 'thread.created' || added.type !== 'thread.item.added') throw new Error('no story');
  return {
    stream,
    thread: created.thread.id,
    item: added.item as WidgetItem,
    /** Lets the next state be shown, and waits until it is. */
    async next(at: number) {
      const before = stream.types.filter((type) => type === 'thread.item.updated').length;
      states[at]!.then.open();
      await stream.until(() => stream.types.filter((type) => type === 'thread.item.updated').length > before);
    },
    async end() {
      for (const { then } of states) then.open();
      await stream.end();
      const done = stream.events.find(
        ({ type, ...rest }) => type === 'thread.item.done' && 'item' in rest && rest.item.type === 'widget',
      );
      const stored = (await chat.items(created.thread.id)).find(({ id }) => id === added.item.id);
      return {
        done: (done as { item: WidgetItem } | undefined)?.item.widget,
        stored: (stored as WidgetItem | undefined)?.widget,
      };
    },
  };
}

const STORES: [string, () => Store][] = [
  ['MemoryStore', () => new MemoryStore()],
  [
    'SqliteStore',
    () => {
      const store = new SqliteStore(':memory:');
      afterThisTest(() => store.close());
      return store;
    },
  ],
];

beforeEach(() => (options = {}));

describe.each(STORES)('with %s', (_, makeStore) => {
  const serve = () => serveChat({ controllers: [Stories], store: makeStore(), mode: 'development' });

  test.each(['star', 'change'])('a sync action (%s) works on it, and its change survives', async (name) => {
    const chat = await serve();
    const story = await begin(chat, card('Once'), card('Once upon'), card('Once upon a time'));
    await story.next(0);
    const { status, json } = await chat.post(wire.actSync(story.thread, story.item.id, name));
    expect([status, told(json['updated_item'].widget)]).toEqual([200, ['Once upon', 'starred']]);
    const { done, stored } = await story.end();
    expect(told(done)).toEqual(['Once upon a time', 'starred']);
    expect(stored).toEqual(done);
    expect(chat.logger.messages('error')).toEqual([]);
  });

  test('several actions find what those before have changed, and what was streamed since', async () => {
    const chat = await serve();
    const story = await begin(chat, card('Once'), card('Once upon'), card('Once upon a time'));
    await chat.post(wire.actSync(story.thread, story.item.id, 'star'));
    await story.next(0);
    const { json } = await chat.post(wire.actSync(story.thread, story.item.id, 'size'));
    expect(json['updated_item'].widget).toMatchObject({ size: 'full' });
    expect(told(json['updated_item'].widget)).toEqual(['Once upon', 'starred']);
    const { done, stored } = await story.end();
    expect(done).toMatchObject({ size: 'full' });
    expect(told(done)).toEqual(['Once upon a time', 'starred']);
    expect(stored).toEqual(done);
  });

  test.each([false, true])(
    'states that are sent whole do not take the change away (%p)',
    async (componentUpdates) => {
      options = { componentUpdates };
      const chat = await serve();
      const more: WidgetRoot[] = [{ type: 'Text', value: 'more' }];
      const story = await begin(chat, card('Once'), card('Other', false, more), card('Third', false, more));
      await chat.post(wire.actSync(story.thread, story.item.id, 'star'));
      await story.next(0);
      await story.next(1);
      const whole = story.stream.events.flatMap((event) =>
        event.type === 'thread.item.updated' && event.update.type === 'widget.root.updated'
          ? [event.update.widget]
          : [],
      );
      for (const widget of whole) expect(told(widget)).toContain('starred');
      const { done } = await story.end();
      expect(told(done)).toEqual(['Third', 'starred', 'more']);
    },
  );

  test('a widget that an action has removed does not come back when it is done', async () => {
    const chat = await serve();
    const story = await begin(chat, card('Once'), card('Once upon'), card('Once upon a time'));
    expect((await chat.post(wire.actSync(story.thread, story.item.id, 'remove'))).status).toBe(200);
    await story.next(0);
    expect((await chat.post(wire.actSync(story.thread, story.item.id, 'star'))).status).toBe(404);
    expect(await story.end()).toEqual({ done: undefined, stored: undefined });
    expect(story.stream.events).toContainEqual({ type: 'thread.item.removed', item_id: story.item.id });
    expect(story.stream.types.at(-1)).toBe('thread.item.done'); // the run goes on: "The end."
    expect(chat.logger.messages('error')).toEqual([]);
  });

  test('an action that fails leaves it as it was', async () => {
    const chat = await serve();
    const story = await begin(chat, card('Once'), card('Once upon'));
    expect((await chat.post(wire.actSync(story.thread, story.item.id, 'fail'))).status).toBe(500);
    const { done, stored } = await story.end();
    expect(told(done)).toEqual(['Once upon', 'star']);
    expect(stored).toEqual(done);
  });

  test('a change stays when the run is stopped', async () => {
    const chat = await serve();
    const story = await begin(chat, card('Once'), card('Once upon'));
    await chat.post(wire.actSync(story.thread, story.item.id, 'star'));
    story.stream.leave();
    const { json } = await chat.post(wire.listItems(story.thread));
    const items = json['data'] as WidgetItem[];
    expect(told(items.find(({ id }) => id === story.item.id)?.widget)).toEqual(['Once', 'starred']);
    for (const { then } of states) then.open();
  });

  test('a streaming action waits for its turn, and finds it done', async () => {
    const chat = await serve();
    const story = await begin(chat, card('Once'), card('Once upon'));
    const acting = chat.open(wire.act(story.thread, story.item.id, 'read'));
    const stream = await acting; // its headers are out: it waits
    await story.end();
    expect(JSON.stringify(await stream.end())).toContain('Once upon');
  });

  test('what is no widget, not there, or of another owner stays hidden', async () => {
    const chat = await serve();
    const story = await begin(chat, card('Once'), card('Once upon'));
    const statusOf = async (id: string, user = 'alice') =>
      (await chat.post(wire.actSync(story.thread, id, 'star'), { user })).status;
    expect(await statusOf('wgt_none')).toBe(404);
    expect(await statusOf(story.item.id, 'bob')).toBe(404);
    await story.end();
    expect(await statusOf(story.item.id)).toBe(200);
  });
});

test('an action that comes while the last state is being stored is not lost, nor is that state', async () => {
  const store = new MemoryStore();
  const saving = new Latch();
  const goOn = new Latch();
  const save = store.saveItem.bind(store);
  store.saveItem = ((...args: Parameters<typeof save>) => {
    const [, item] = args;
    if (item.type !== 'widget' || told(item.widget)[0] !== 'The end') return save(...args);
    saving.open();
    return goOn.opened.then(() => save(...args));
  }) as typeof save;
  const chat = await serveChat({ controllers: [Stories], store });
  const story = await begin(chat, card('Once'), card('The end'));
  states[0]!.then.open();
  states[1]!.then.open();
  await saving.opened;
  const acting = chat.post(wire.actSync(story.thread, story.item.id, 'star'));
  goOn.open();
  expect((await acting).status).toBe(200);
  const { stored } = await story.end();
  expect(told(stored)).toEqual(['The end', 'starred']);
});
