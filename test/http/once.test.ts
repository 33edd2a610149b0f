import { tap } from 'rxjs';
import {
  assistantMessage,
  ChatController,
  defineAction,
  ForbiddenError,
  MemoryStore,
  OnAction,
  OnMessage,
  progress,
  replace,
  UseGuards,
  UseInterceptors,
  widget,
  type ActionConfig,
  type ChatContext,
  type InterceptorFunction,
  type UserMessageItem,
  type WidgetRoot,
} from '../../src';
import { SqliteStore } from '../../src/stores/sqlite';
import { serveChat, textOf, threadIdOf, type TestChat, type TestChatOptions } from '../support/chat';
import { slow } from '../support/failing-store';
import * as wire from '../support/requests';
import { Latch, until } from '../support/wait';

const USED = 'This button has been used already.';
const pay = defineAction('pay', class Pay {});

const card = (...configs: ActionConfig[]): WidgetRoot => ({
  type: 'Card',
  children: configs.map((onClickAction) => ({ type: 'Button', onClickAction })),
});
const form: WidgetRoot = {
  type: 'Form',
  onSubmitAction: { type: 'order', payload: { id: 1 } },
  children: [{ type: 'Input', name: 'note' }],
};

const calls: string[] = [];
const state = { fail: false, guard: true, latch: new Latch() };
beforeEach(() => {
  calls.splice(0);
  Object.assign(state, { fail: false, guard: true, latch: new Latch() });
});

const twice: InterceptorFunction = (_, next) => next().pipe(tap(() => calls.push('seen')));

@ChatController()
class Controller {
  @OnMessage()
  reply(message: UserMessageItem | null) {
    return widget(
      textOf(message!) === 'form'
        ? form
        : card({ type: 'order', payload: { id: 1 } }, { type: 'order', payload: { id: 2 } }),
    );
  }

  @OnAction('order', { once: true, payload: 'unchecked' })
  order(payload: { id?: number; note?: string }) {
    calls.push(`order ${String(payload.id)}`);
    if (state.fail) throw new Error('no');
    return assistantMessage('Ordered.');
  }

  @OnAction('thank', { once: true, payload: 'unchecked' })
  thank(_: unknown, ctx: ChatContext) {
    calls.push('thank');
    return replace(ctx.sender, card());
  }

  @OnAction('guarded', { once: true, payload: 'unchecked' })
  @UseGuards(() => {
    if (!state.guard) throw new ForbiddenError();
    return true;
  })
  guarded() {
    calls.push('guarded');
  }

  @OnAction('intercepted', { once: true, payload: 'unchecked' })
  @UseInterceptors(twice, twice)
  async *intercepted() {
    calls.push('intercepted');
    yield progress('1');
    if (state.fail) throw new Error('no');
  }

  @OnAction('slow', { once: true, payload: 'unchecked' })
  async *slow() {
    calls.push('slow');
    yield progress('…');
    await state.latch.opened;
  }

  @OnAction('sync', { once: true, sync: true, payload: 'unchecked' })
  async sync(_: unknown, ctx: ChatContext) {
    calls.push('sync');
    if (calls.length === 1) {
      // Another request changes the widget meanwhile.
      await ctx.store.saveItem({ ...ctx.sender!, widget: card() });
    }
    if (state.fail) throw new Error('no');
    return { type: 'Card', children: [], title: 'done' };
  }

  @OnAction(pay, { once: true, signed: true, payload: 'unchecked' })
  pay() {
    calls.push('pay');
    return assistantMessage('Paid.');
  }

  @OnAction('renew', { payload: 'unchecked' })
  renew(_: unknown, ctx: ChatContext) {
    return replace(ctx.sender, card(pay({ id: 1 }, { sign: ['id' as never] })));
  }
}

const stores: [string, () => TestChatOptions['store']][] = [
  ['MemoryStore', () => new MemoryStore()],
  ['SqliteStore', () => new SqliteStore(':memory:')],
  ['a store that answers later', () => slow(new MemoryStore())],
];

async function serve(options: Partial<TestChatOptions> = {}) {
  const signing = { keys: ['a key of the tests, 32 bytes or more'] };
  const chat = await serveChat({ controllers: [Controller], signing, ...options });
  const newWidget = async (text = 'buttons') => {
    const threadId = threadIdOf(await chat.post(wire.create(text)));
    const itemId = (await chat.items(threadId)).at(-1)!.id;
    return { threadId, itemId };
  };
  return { chat, newWidget };
}

/** What the click came to: the error's message, or nothing. */
async function press(
  chat: TestChat,
  { threadId, itemId }: { threadId: string; itemId: string | undefined },
  type: string,
  payload?: unknown,
): Promise<string | undefined> {
  const { events } = await chat.post(wire.act(threadId, itemId, type, payload));
  const problem = events.find((event) => event.type === 'error');
  return problem && (problem.message ?? problem.code);
}

describe.each(stores)('a button that is to be used once, with %s', (_, newStore) => {
  test('is refused the second time', async () => {
    const { chat, newWidget } = await serve({ store: newStore()! });
    const at = await newWidget();
    expect(await press(chat, at, 'order', { id: 1 })).toBeUndefined();
    expect(await press(chat, at, 'order', { id: 1 })).toBe(USED);
    expect(calls).toEqual(['order 1']);
  });

  test('is another one with another payload, in another widget, thread and of another owner', async () => {
    const { chat, newWidget } = await serve({ store: newStore()! });
    const at = await newWidget();
    expect(await press(chat, at, 'order', { id: 1 })).toBeUndefined();
    expect(await press(chat, at, 'order', { id: 2 })).toBeUndefined();
    expect(await press(chat, await newWidget(), 'order', { id: 1 })).toBeUndefined();
    expect(await press(chat, { ...at, itemId: undefined }, 'order', { id: 1 })).toBeUndefined();
    expect(calls).toHaveLength(4);
  });

  test('is the same with other values in its form', async () => {
    const { chat, newWidget } = await serve({ store: newStore()! });
    const at = await newWidget('form');
    expect(await press(chat, at, 'order', { id: 1, note: 'a' })).toBeUndefined();
    expect(await press(chat, at, 'order', { id: 1, note: 'b' })).toBe(USED);
    expect(await press(chat, at, 'order', { id: 1 })).toBe(USED);
  });

  test('stays used when its handler has taken it out of the widget', async () => {
    const { chat, newWidget } = await serve({ store: newStore()! });
    const at = await newWidget('form');
    const thread = await chat.app.as({ userId: 'alice' }).thread(at.threadId);
    await thread.replace(at.itemId, (current) => ({ ...current, onSubmitAction: { type: 'thank' } }));
    const clicks = [1, 2].map(() => press(chat, at, 'thank', { note: 'a' }));
    expect((await Promise.all(clicks)).sort()).toEqual([USED, undefined]);
    expect(calls).toEqual(['thank']);
  });

  test('is given free when its handler fails', async () => {
    const { chat, newWidget } = await serve({ store: newStore()! });
    const at = await newWidget();
    for (const [type, before] of [
      ['order', 0],
      ['intercepted', 2],
    ] as const) {
      state.fail = true;
      expect(await press(chat, at, type, { id: 1 })).toBe('stream.error');
      state.fail = false;
      expect(calls.length).toBeGreaterThan(before);
      expect(await press(chat, at, type, { id: 1 })).toBeUndefined();
      expect(await press(chat, at, type, { id: 1 })).toBe(USED);
    }
  });

  test('is given free as a whole: what its widget sent counts as unused when it is no longer in the widget', async () => {
    const { chat, newWidget } = await serve({ store: newStore()! });
    const at = await newWidget('form');
    state.fail = true;
    expect(await press(chat, at, 'order', { id: 1, note: 'a' })).toBe('stream.error');
    state.fail = false;
    const thread = await chat.app.as({ userId: 'alice' }).thread(at.threadId);
    await thread.replace(at.itemId, (current) => ({ ...current, onSubmitAction: { type: 'thank' } }));
    expect(await press(chat, at, 'order', { id: 1, note: 'a' })).toBeUndefined();
    expect(await press(chat, at, 'order', { id: 1, note: 'a' })).toBe(USED);
  });

  test('is not used by a click that a guard refuses', async () => {
    const { chat, newWidget } = await serve({ store: newStore()! });
    const at = await newWidget();
    state.guard = false;
    expect(await press(chat, at, 'guarded')).toBe('Permission denied.');
    state.guard = true;
    expect(await press(chat, at, 'guarded')).toBeUndefined();
    state.guard = false;
    expect(await press(chat, at, 'guarded')).toBe('Permission denied.'); // and not that it is used
  });

  test.each(['queue', 'parallel'] as const)(
    'is used by one of many clicks at once (%s)',
    async (concurrency) => {
      const { chat, newWidget } = await serve({ store: newStore()!, threads: { concurrency } });
      const at = await newWidget('form');
      const clicks = Array.from({ length: 8 }, (_, n) =>
        press(chat, at, 'order', { id: 1, note: String(n) }),
      );
      const outcomes = await Promise.all(clicks);
      expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === USED)).toHaveLength(7);
      expect(calls).toHaveLength(1);
    },
  );

  test('is used by a sync handler whose widget another request changes meanwhile: it ran once', async () => {
    const { chat, newWidget } = await serve({ store: newStore()! });
    const { threadId, itemId } = await newWidget();
    const first = await chat.post(wire.actSync(threadId, itemId, 'sync'));
    expect(first.status).toBe(200);
    expect(calls).toEqual(['sync']);
    const second = await chat.post(wire.actSync(threadId, itemId, 'sync'));
    expect(second.status).toBe(409);
    expect(second.json['error']).toMatchObject({ code: 'already_used', message: USED });
  });

  test('is given free when its sync handler fails', async () => {
    const { chat, newWidget } = await serve({ store: newStore()! });
    const { threadId, itemId } = await newWidget();
    state.fail = true;
    expect((await chat.post(wire.actSync(threadId, itemId, 'sync'))).status).toBe(500);
    state.fail = false;
    expect((await chat.post(wire.actSync(threadId, itemId, 'sync'))).status).toBe(200);
    expect((await chat.post(wire.actSync(threadId, itemId, 'sync'))).status).toBe(409);
  });

  test('stays used when the client leaves while the handler runs', async () => {
    const { chat, newWidget } = await serve({ store: newStore()! });
    const at = await newWidget();
    const stream = await chat.open(wire.act(at.threadId, at.itemId, 'slow'));
    await stream.until(({ type }) => type === 'progress_update');
    stream.leave();
    state.latch.open();
    await until(async () => (await press(chat, at, 'slow')) === USED, 'the refusal');
    expect(calls).toEqual(['slow']);
  });

  test('is told by what is signed, however often it is signed anew', async () => {
    const { chat, newWidget } = await serve({ store: newStore()! });
    const at = await newWidget();
    const renewed = async () => {
      await press(chat, at, 'renew');
      const [item] = (await chat.items(at.threadId)).filter(({ id }) => id === at.itemId);
      const { children } = (item as unknown as { widget: { children: { onClickAction: ActionConfig }[] } })
        .widget;
      return children[0]!.onClickAction.payload as object;
    };
    expect(await press(chat, at, 'pay', await renewed())).toBeUndefined();
    expect(await press(chat, at, 'pay', { ...(await renewed()), note: 'other' })).toBe(USED);
    expect(await press(chat, at, 'pay', { id: 1 })).toBe('This action is accepted from signed buttons only.');
    expect(calls).toEqual(['pay']);
  });
});

test('interceptors see the events of one call', async () => {
  const { chat, newWidget } = await serve();
  expect(await press(chat, await newWidget(), 'intercepted')).toBeUndefined();
  expect(calls).toEqual(['intercepted', 'seen', 'seen']);
});

test('a click that the store cannot note is refused, and the handler not called', async () => {
  const store = new MemoryStore();
  const { chat, newWidget } = await serve({ store });
  const at = await newWidget();
  const put = jest.spyOn(store, 'putValue').mockImplementation(() => {
    throw new Error('SECRET');
  });
  expect(await press(chat, at, 'order', { id: 1 })).toBe('stream.error');
  put.mockRestore();
  expect(calls).toEqual([]);
  expect(await press(chat, at, 'order', { id: 1 })).toBeUndefined();
});

test('what cannot be given free is logged, and the error answered all the same', async () => {
  const store = new MemoryStore();
  const { chat, newWidget } = await serve({ store });
  const at = await newWidget();
  jest.spyOn(store, 'deleteValue').mockImplementation(() => {
    throw new Error('the disk is full');
  });
  state.fail = true;
  expect(await press(chat, at, 'order', { id: 1 })).toBe('stream.error');
  expect(chat.logger.messages('error')).toContain('a single-use button could not be released');
});
