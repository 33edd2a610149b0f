import {
  assistantMessage,
  ChatController,
  defineAction,
  MemoryStore,
  OnAction,
  OnMessage,
  widget,
  type WidgetItem,
  type WidgetRoot,
} from '../../src';
import { widgetActions } from '../../src/widgets';
import { serveChat, threadIdOf, type TestChatOptions } from '../support/chat';
import { ADAPTERS } from '../support/adapters';
import * as wire from '../support/requests';

const REFUSED = 'The widget that this came from has no such button.';
const pay = defineAction('pay', class Pay {});

const card: WidgetRoot = {
  type: 'Card',
  children: [
    { type: 'Button', onClickAction: { type: 'buy', payload: { id: 1 } } },
    { type: 'Button', onClickAction: { type: 'look', payload: { id: 1 }, streaming: false } },
    { type: 'Button', onClickAction: { type: 'page', handler: 'client' } },
    { type: 'Button', onClickAction: pay({ id: 1 }, { sign: [] }) },
    {
      type: 'Form',
      onSubmitAction: { type: 'send', payload: { to: { id: 1 } } },
      children: [
        { type: 'Input', name: 'text' },
        { type: 'Input', name: 'to.name' },
      ],
    },
  ],
};

const calls: unknown[] = [];
beforeEach(() => calls.splice(0));

@ChatController()
class Controller {
  @OnMessage()
  reply() {
    return widget(card);
  }

  @OnAction(['buy', 'send', 'page', 'pay'], { payload: 'unchecked' })
  take(payload: unknown) {
    calls.push(payload);
    return assistantMessage('Taken.');
  }

  @OnAction('look', { sync: true, payload: 'unchecked' })
  look(payload: unknown) {
    calls.push(payload);
  }

  @OnAction('anywhere', { fromWidgetOnly: false })
  anywhere() {
    calls.push('anywhere');
  }
}

async function serve(options: Partial<TestChatOptions> = {}, adapter?: (typeof ADAPTERS)[string]) {
  const signing = { keys: ['a key of the tests, 32 bytes or more'] };
  const chat = await serveChat(
    { controllers: [Controller], signing, actionsFromWidgetOnly: true, ...options },
    adapter,
  );
  const threadId = threadIdOf(await chat.post(wire.create()));
  const item = (await chat.items(threadId)).at(-1)!;
  const press = async (type: string, payload?: unknown, itemId: string | undefined = item.id) => {
    const { events } = await chat.post(wire.act(threadId, itemId, type, payload));
    return events.flatMap((event) => (event.type === 'error' ? [event.message] : []))[0];
  };
  return { chat, threadId, item, press };
}

describe.each(Object.entries(ADAPTERS))('through %s', (_, adapter) => {
  test('an action is taken as its widget sends it, and in no other way', async () => {
    const { chat, threadId, item, press } = await serve({}, adapter);
    expect(await press('buy', { id: 1 })).toBeUndefined();
    expect(await press('buy', { id: 2 })).toBe(REFUSED);
    expect(await press('buy', { id: 1, admin: true })).toBe(REFUSED);
    expect(calls).toEqual([{ id: 1 }]);

    expect((await chat.post(wire.actSync(threadId, item.id, 'look', { id: 1 }))).status).toBe(200);
    const forged = await chat.post(wire.actSync(threadId, item.id, 'look', { id: 2 }));
    expect(forged.status).toBe(403);
    expect(forged.json['error']).toMatchObject({ code: 'action_not_in_widget', message: REFUSED });
  });
});

describe('actionsFromWidgetOnly', () => {
  test('lets the values of a form through', async () => {
    const { press } = await serve();
    const filled = { to: { id: 1, name: 'Ada' }, text: 'Hello' };
    expect(await press('send', filled)).toBeUndefined();
    expect(await press('send', { ...filled, to: { id: 2, name: 'Ada' } })).toBe(REFUSED);
    expect(calls).toEqual([filled]);
  });

  test('refuses actions of the page itself, and of buttons that the page handles', async () => {
    const { chat, threadId, press } = await serve();
    expect(await press('page')).toBe(REFUSED);
    const { events } = await chat.post(wire.act(threadId, undefined, 'buy', { id: 1 }));
    expect(events.at(-1)).toMatchObject({ type: 'error', message: REFUSED });
    expect(calls).toEqual([]);
  });

  test('refuses what a widget that has changed meanwhile cannot send any more', async () => {
    const { chat, threadId, item, press } = await serve();
    const thread = await chat.app.as({ userId: 'alice' }).thread(threadId);
    await thread.replace(item.id, () => ({ type: 'Card', children: [] }));
    expect(await press('buy', { id: 1 })).toBe(REFUSED);
  });

  test('does not let the signature of a signed button be left out', async () => {
    const { item, press } = await serve();
    const { payload } = widgetActions((item as WidgetItem).widget)[3]!.config;
    expect(await press('pay', { id: 1 })).toBe(REFUSED);
    expect(await press('pay', payload)).toBeUndefined();
    expect(calls).toEqual([{ id: 1 }]);
  });

  test('takes buttons that were signed when there still were keys', async () => {
    const store = new MemoryStore();
    const { threadId, item } = await serve({ store });
    const later = await serveChat({
      controllers: [Controller],
      store,
      actionsFromWidgetOnly: true,
    });
    const { payload } = widgetActions((item as WidgetItem).widget)[3]!.config;
    await later.post(wire.act(threadId, item.id, 'pay', payload));
    expect(calls).toEqual([payload]);
  });

  test('is overruled by a handler', async () => {
    const { press } = await serve();
    expect(await press('anywhere')).toBeUndefined();
    expect(calls).toEqual(['anywhere']);
  });

  test('is off by default, and on for the handler that says so', async () => {
    @ChatController()
    class Mixed {
      @OnMessage()
      reply() {
        return widget(card);
      }
      @OnAction('buy', { fromWidgetOnly: true, payload: 'unchecked' })
      buy() {
        calls.push('buy');
      }
      @OnAction('send', { payload: 'unchecked' })
      send() {
        calls.push('send');
      }
    }
    const { press } = await serve({ controllers: [Mixed], actionsFromWidgetOnly: false });
    expect(await press('buy', { id: 2 })).toBe(REFUSED);
    expect(await press('send', { anything: true })).toBeUndefined();
    expect(calls).toEqual(['send']);
  });

  test('logs what it refuses, without the payload', async () => {
    const { chat, item, threadId, press } = await serve();
    await press('buy', { id: 'SECRET' });
    const line = chat.logger.lines.at(-1);
    expect(line).toMatchObject({
      level: 'warn',
      message: 'an action was refused',
      details: {
        action: 'buy',
        threadId,
        itemId: item.id,
        code: 'action_not_in_widget',
        reason: 'the payload does not match the stored widget: payload.id differs from the widget',
      },
    });
    expect(line?.details['fix']).toContain('{ fromWidgetOnly: false }');
    expect(JSON.stringify(line)).not.toContain('SECRET');
  });

  test.each<[string, unknown, RegExp]>([
    ['buy', {}, /: payload\.id is missing$/],
    ['buy', undefined, /: payload\.id is missing$/],
    ['buy', [1], /: payload differs from the widget$/],
    [
      'buy',
      { id: 1, colour: 'SECRET' },
      /: payload\.colour is neither in the widget nor a field of its form$/,
    ],
    ['send', { to: { id: 1, nmae: 'SECRET' } }, /: payload\.to\.nmae is neither in the widget nor a field/],
    ['send', { to: { id: 'SECRET' } }, /: payload\.to\.id differs from the widget$/],
    ['twin', { id: 3 }, /has 2 actions of this name, but none with this payload$/],
    ['away', {}, /has no action of this name$/],
    ['page', {}, /the page handles this action \(handler: 'client'\)$/],
    ['other', {}, /sets `streaming: false`, but the handler is a streaming handler$/],
    ['pay', { id: 1 }, /signs this action, but the request has no signature$/],
  ])('logs why %s with %j is refused', async (type, payload, reason) => {
    const more: WidgetRoot = {
      type: 'Card',
      children: [
        card,
        { type: 'Button', onClickAction: { type: 'twin', payload: { id: 1 } } },
        { type: 'Button', onClickAction: { type: 'twin', payload: { id: 2 } } },
        { type: 'Button', onClickAction: { type: 'other', streaming: false } },
      ],
    };
    @ChatController()
    class More extends Controller {
      @OnMessage()
      override reply() {
        return widget(more);
      }
      @OnAction(['twin', 'away', 'other'], { payload: 'unchecked' })
      others() {
        return assistantMessage('Taken.');
      }
    }
    const { chat, press } = await serve({ controllers: [More] });
    expect(await press(type, payload)).toBe(REFUSED);
    const line = chat.logger.lines.at(-1);
    expect(line?.details['reason']).toMatch(reason);
    expect(JSON.stringify(line)).not.toContain('SECRET');
  });

  test('logs why a sync handler does not take what its widget sends by a stream', async () => {
    @ChatController()
    class Sync {
      @OnMessage()
      reply() {
        return widget(card);
      }
      @OnAction('buy', { sync: true, payload: 'unchecked' })
      buy() {
        return undefined;
      }
    }
    const { chat, press } = await serve({ controllers: [Sync] });
    expect(await press('buy', { id: 1 })).toBe(REFUSED);
    expect(chat.logger.lines.at(-1)?.details['reason']).toMatch(
      /the widget does not set `streaming: false`$/,
    );
  });
});
