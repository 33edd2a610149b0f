import 'reflect-metadata';
import { IsInt } from 'class-validator';
import { tap } from 'rxjs';
import {
  assistantMessage,
  assistantMessageFilter,
  ChatController,
  clientEffect,
  defineAction,
  OnAction,
  OnMessage,
  replace,
  UseFilters,
  UseGuards,
  UseInterceptors,
  widget,
  type ChatContext,
  type WidgetItem,
  type WidgetRoot,
} from '../../src';
import { widgetActions } from '../../src/widgets';
import { serveChat, type TestChat } from '../support/chat';
import { ADAPTERS } from '../support/adapters';
import * as wire from '../support/requests';

/*
 * Clients that do not know `streaming: false` send the action of a sync handler by the streaming
 * operation: the handler runs all the same.
 */

const card = (id: string): WidgetRoot => ({ type: 'Card', children: [{ type: 'Text', id, value: id }] });
const seen: string[] = [];

class Count {
  @IsInt() count!: number;
}

@ChatController()
class Counter {
  @OnMessage()
  reply() {
    return widget(card('first'));
  }

  @OnAction('widget', { sync: true, payload: Count })
  @UseInterceptors((_ctx, next) => next().pipe(tap(({ type }) => seen.push(type))))
  asWidget({ count }: Count) {
    return card(`w${String(count)}`);
  }

  @OnAction('promise', { sync: true, payload: Count })
  async asPromise({ count }: Count) {
    return Promise.resolve(card(`p${String(count)}`));
  }

  @OnAction('item', { sync: true, payload: Count })
  asItem({ count }: Count, { sender }: ChatContext) {
    return { ...sender!, widget: card(`i${String(count)}`) };
  }

  @OnAction('replace', { sync: true, payload: Count })
  asChange({ count }: Count, { sender }: ChatContext) {
    return replace(sender, (current) => {
      expect(current).toEqual(card('first'));
      return card(`r${String(count)}`);
    });
  }

  @OnAction('nothing', { sync: true, payload: 'unchecked' })
  nothing(): void {
    seen.push('nothing');
  }

  @OnAction('event', { sync: true, payload: 'unchecked' })
  event() {
    return clientEffect('wrong') as unknown as undefined;
  }

  @OnAction('forbidden', { sync: true, payload: 'unchecked' })
  @UseGuards(() => false)
  @UseFilters(assistantMessageFilter)
  forbidden(): void {
    seen.push('forbidden');
  }

  @OnAction('failing', { sync: true, payload: 'unchecked' })
  @UseFilters(() => [assistantMessage('caught')])
  failing() {
    throw new Error('It broke.');
  }
}

beforeEach(() => seen.splice(0));

async function served(
  adapter = ADAPTERS['node:http']!,
): Promise<{ chat: TestChat; thread: string; item: string }> {
  const chat = await serveChat({ controllers: [Counter], mode: 'development' }, adapter);
  const thread = await chat.newThread();
  const item = (await chat.items(thread)).find(({ type }) => type === 'widget')!.id;
  return { chat, thread, item };
}

test.each([
  ['widget', 'w3'],
  ['promise', 'p3'],
  ['item', 'i3'],
  ['replace', 'r3'],
])('what a sync handler returns (%s) is stored, and sent as thread.item.replaced', async (name, id) => {
  const { chat, thread, item } = await served();
  const { status, types, events } = await chat.post(wire.act(thread, item, name, { count: 3 }));
  expect([status, types]).toEqual([200, ['stream_options', 'thread.item.replaced']]);
  expect(events.at(-1)).toMatchObject({ item: { id: item, thread_id: thread, widget: card(id) } });
  expect((await chat.items(thread)).at(-1)).toMatchObject({ id: item, widget: card(id) });
  expect(chat.logger.messages('warn')).toEqual([]);
});

test.each(Object.entries(ADAPTERS))('through %s', async (_, adapter) => {
  const { chat, thread, item } = await served(adapter);
  const { types } = await chat.post(wire.act(thread, item, 'widget', { count: 3 }));
  expect(types.at(-1)).toBe('thread.item.replaced');
  expect(seen).toEqual(['thread.item.replaced']); // interceptors see events, here true ones
});

test('nothing is no event', async () => {
  const { chat, thread, item } = await served();
  expect((await chat.post(wire.act(thread, item, 'nothing'))).types).toEqual(['stream_options']);
  expect(seen).toEqual(['nothing']);
});

test('the same handler still answers the sync operation', async () => {
  const { chat, thread, item } = await served();
  const { json } = await chat.post(wire.actSync(thread, item, 'widget', { count: 4 }));
  expect(json['updated_item'].widget).toEqual(card('w4'));
});

test('an event is still a mistake of the handler, with its fix', async () => {
  const { chat, thread, item } = await served();
  const { events } = await chat.post(wire.act(thread, item, 'event'));
  expect(events.at(-1)).toMatchObject({ type: 'error', code: 'stream.error' });
  expect(chat.logger.lines.find(({ level }) => level === 'error')?.details).toMatchObject({
    code: 'not_an_update',
    action: 'event',
    where: 'Counter.event',
  });
});

test('where only what the widget can send is taken, its sync button is taken by both operations', async () => {
  @ChatController()
  class Guarded {
    @OnMessage()
    reply() {
      const onClickAction = { type: 'go', streaming: false };
      return widget({ type: 'Card', children: [{ type: 'Button', onClickAction }] });
    }
    @OnAction('go', { sync: true, payload: 'unchecked', fromWidgetOnly: true })
    go() {
      return card('gone');
    }
  }
  for (const request of [wire.act, wire.actSync]) {
    const chat = await serveChat({ controllers: [Guarded] });
    const thread = await chat.newThread();
    const { id } = (await chat.items(thread)).at(-1)!;
    await chat.post(request(thread, id, 'go'));
    expect((await chat.items(thread)).at(-1)).toMatchObject({ widget: card('gone') });
  }
});

test('payloads, guards and filters hold as for any action', async () => {
  const { chat, thread, item } = await served();
  const last = async (name: string, payload?: unknown) =>
    (await chat.post(wire.act(thread, item, name, payload))).events.at(-1);
  expect(await last('widget', { count: 'x' })).toMatchObject({
    message: expect.stringContaining('count') as string,
  });
  expect(await last('forbidden')).toMatchObject({ item: { content: [{ text: 'Permission denied.' }] } });
  expect(await last('failing')).toMatchObject({ item: { content: [{ text: 'caught' }] } });
  expect(seen).toEqual([]);
});

describe('what the handler demands of its action holds too', () => {
  const pay = defineAction('pay', Count, { sync: true });
  const calls: number[] = [];

  @ChatController()
  class Demanding {
    @OnMessage()
    reply() {
      return widget({
        type: 'Card',
        children: [
          { type: 'Button', onClickAction: pay({ count: 1 }, { sign: ['count'] }) },
          { type: 'Button', onClickAction: { type: 'book', payload: { id: 1 } } },
        ],
      });
    }

    @OnAction(pay, { signed: ['count'] })
    pay({ count }: Count, { signed }: ChatContext) {
      expect(signed).toEqual(['count']);
      calls.push(count);
      return card('paid');
    }

    @OnAction('book', { sync: true, once: true, payload: 'unchecked' })
    book(_: unknown, { sender }: ChatContext) {
      calls.push(0);
      return { ...sender!, copy_text: 'booked' };
    }
  }

  async function demanding() {
    const signing = { keys: ['a key of the tests, 32 bytes or more'] };
    const chat = await serveChat({ controllers: [Demanding], signing });
    const thread = await chat.newThread();
    const item = (await chat.items(thread)).find((each): each is WidgetItem => each.type === 'widget')!;
    const configs = widgetActions(item.widget).map(({ config }) => config);
    const click = async (index: number, more: object = {}) => {
      const { type, payload } = configs[index]!;
      const { events } = await chat.post(
        wire.act(thread, item.id, type, { ...(payload as object), ...more }),
      );
      return events.at(-1)!;
    };
    return { chat, thread, item, click };
  }

  beforeEach(() => calls.splice(0));

  test('a signature', async () => {
    const { click } = await demanding();
    expect(await click(0, { count: 2 })).toMatchObject({ type: 'error', code: 'custom' });
    expect(calls).toEqual([]);
    expect(await click(0)).toMatchObject({ type: 'thread.item.replaced', item: { widget: card('paid') } });
    expect(calls).toEqual([1]);
  });

  test('that its button is used once, by whichever operation', async () => {
    const { chat, thread, item, click } = await demanding();
    expect(await click(1)).toMatchObject({ type: 'thread.item.replaced', item: { copy_text: 'booked' } });
    const used = 'This button has been used already.';
    expect(await click(1)).toMatchObject({ type: 'error', message: used });
    const { status, text } = await chat.post(wire.actSync(thread, item.id, 'book', { id: 1 }));
    expect([status, text.includes(used)]).toEqual([409, true]);
    expect(calls).toEqual([0]);
  });
});
