import 'reflect-metadata';
import { IsString, registerDecorator } from 'class-validator';
import type { ChatContext, HandlerResult } from '../../src/context';
import { ChatController, OnAction, OnMessage, Payload, Sender } from '../../src/decorators';
import { added, assistantMessage, done, replace, streamWidget, updated, widget } from '../../src/events';
import type { ActionConfig, WidgetItem, WidgetRoot } from '../../src/protocol';
import { createChatKit } from '../../src/app';
import { MemoryStore } from '../../src/stores';
import { defineAction } from '../../src/widgets';
import { serveChat, type TestChat } from '../support/chat';
import { RecordingLogger } from '../support/logger';
import { act, actSync, create, say } from '../support/requests';

class SelectItem {
  @IsString() id!: string;
}

const card = (...actions: ActionConfig[]): WidgetRoot => ({
  type: 'Card',
  children: actions.map((onClickAction) => ({ type: 'Button', label: 'Go', onClickAction })),
});
const GOOD = card({ type: 'item.select', payload: { id: 'a' } });
const LOST = card({ type: 'item.selct', payload: { id: 'a' } });

let answer: (ctx: ChatContext) => HandlerResult;

@ChatController()
class Items {
  @OnAction('item.select')
  select(@Payload() { id }: SelectItem) {
    return assistantMessage(id);
  }
  @OnAction('item.replace', { payload: 'unchecked' })
  replace(@Sender() sender: WidgetItem) {
    return replace(sender, () => LOST);
  }
  @OnAction('item.sync', { sync: true })
  sync() {
    return LOST;
  }
  @OnMessage()
  reply(_message: unknown, ctx: ChatContext) {
    return answer(ctx);
  }
}

const chat = (mode: 'development' | 'production' = 'development'): Promise<TestChat> =>
  serveChat({ controllers: [Items], mode });

const warnings = ({ logger }: { logger: RecordingLogger }) =>
  logger.lines.filter(({ level }) => level === 'warn');

beforeEach(() => (answer = () => widget(LOST)));

test('a warning names the widget, the path, the action and what to paste', async () => {
  const { post, logger } = await chat();
  const { events } = await post(create());
  const itemId = events.flatMap((event) =>
    'item' in event && event.item.type === 'widget' ? event.item.id : [],
  )[0]!;
  const [line, ...others] = warnings({ logger });
  expect(others).toEqual([]);
  expect(line?.details).toMatchObject({
    code: 'action_without_handler',
    itemId,
    path: 'children.0.onClickAction',
    action: 'item.selct',
    operation: 'threads.create',
  });
  expect(line?.message).toBe(
    `A widget has an action that does not fit its handler, or has none. Card in ${itemId}, children.0.onClickAction: ` +
      'the action "item.selct" has no streaming handler. Did you mean "item.select"?\n' +
      [
        'Send the right name, or add a handler, in a controller without a prefix:',
        '',
        'class ItemSelctPayload {',
        '  @IsString() id!: string;',
        '}',
        '',
        "@OnAction('item.selct')",
        'onItemSelct(@Payload(ItemSelctPayload) payload: ItemSelctPayload) {',
        "  return assistantMessage('item.selct is not built yet.');",
        '}',
        '',
      ].join('\n'),
  );
});

describe('every widget that leaves the server is looked at', () => {
  const item = (root: WidgetRoot) =>
    ({ type: 'widget', id: 'wdg_1', thread_id: undefined, created_at: undefined, widget: root }) as never;
  const ways: Record<string, (ctx: ChatContext) => HandlerResult> = {
    done: () => done(item(LOST)),
    added: () => added(item(LOST)),
    'streamed, from the first state': () => streamWidget(() => [LOST, GOOD]),
    'streamed, a later state': () => streamWidget(() => [GOOD, LOST, GOOD]),
    emitted: (ctx) => void ctx.emit(widget(LOST)),
    'root updated': () => updated('wdg_1', { type: 'widget.root.updated', widget: LOST }),
    'component updated': () =>
      updated('wdg_1', { type: 'widget.component.updated', component_id: 'x', component: LOST }),
  };
  test.each(Object.entries(ways))('%s', async (_, way) => {
    answer = way;
    const { post, logger } = await chat();
    await post(create());
    expect(warnings({ logger }).map(({ details }) => details['action'])).toEqual(['item.selct']);
  });

  test.each(['item.replace', 'item.sync'])('as it is changed by %s', async (name) => {
    answer = () => widget(GOOD);
    const { post, items, newThread, logger } = await chat();
    const threadId = await newThread();
    const { id } = (await items(threadId)).at(-1)!;
    const { status } = await post((name === 'item.sync' ? actSync : act)(threadId, id, name));
    expect(status).toBe(200);
    expect(warnings({ logger }).map(({ details }) => [details['itemId'], details['action']])).toEqual([
      [id, 'item.selct'],
    ]);
  });

  test('outside a request', async () => {
    const logger = new RecordingLogger();
    const store = new MemoryStore();
    const app = createChatKit({ controllers: [Items], store, owner: 'shared', mode: 'development', logger });
    const scope = { owner: 'shared', requestContext: {}, signal: new AbortController().signal };
    store.createThread(scope, {
      id: 'thr_1',
      created_at: '2026-01-01T00:00:00Z',
      status: { type: 'active' },
      metadata: {},
    });
    const thread = await app.as({}).thread('thr_1');
    const { id } = await thread.add(widget(LOST));
    await thread.replace(id, () => card({ type: 'item.open' }));
    expect(warnings({ logger }).map(({ details }) => details['action'])).toEqual(['item.selct', 'item.open']);
  });
});

describe('a problem is told once', () => {
  test('however often it is sent', async () => {
    const rows = Array.from({ length: 20 }, (_, index) => ({
      type: 'row.open',
      payload: { id: `row_${String(index)}` },
    }));
    answer = () => [widget(card(...rows)), widget(card(...rows.reverse()))];
    const { post, newThread, logger } = await chat();
    await post(say(await newThread()));
    const [line, ...others] = warnings({ logger });
    expect(others).toEqual([]);
    expect(line?.message).toContain('children.0.onClickAction and 19 more');
  });

  test('and another beside it', async () => {
    answer = () =>
      widget(card({ type: 'item.select', payload: {} }, { type: 'item.select', streaming: false }));
    const { post, logger } = await chat();
    await post(create());
    expect(warnings({ logger }).map(({ details }) => details['code'])).toEqual([
      'payload_does_not_fit',
      'action_of_other_kind',
    ]);
  });

  test('and no more than a few hundred, where names hold what users type', async () => {
    const actions = Array.from({ length: 3_000 }, (_, index) => ({ type: `open.${String(index)}` }));
    answer = () => [widget(card(...actions)), widget(card(...actions))];
    const { post, logger } = await chat();
    await post(create());
    expect(warnings({ logger })).toHaveLength(200);
  });
});

test('a form around a component that is sent alone is not seen, so its payload is not judged', async () => {
  const component = { type: 'Button', onClickAction: { type: 'item.select' } };
  answer = () => updated('wdg_1', { type: 'widget.component.updated', component_id: 'x', component });
  const { post, logger } = await chat();
  await post(create());
  expect(warnings({ logger })).toEqual([]);
});

test('an action that is to be signed', async () => {
  const leave = defineAction('cart.leave', SelectItem);
  const sign = ['id'] as const;
  let more = {};
  @ChatController()
  class Carts {
    @OnAction(leave, { signed: ['id'] })
    leave(@Payload() { id }: SelectItem) {
      return assistantMessage(id);
    }
    @OnMessage()
    reply() {
      return widget(card(leave({ id: 'a' }, more)));
    }
  }
  const signing = { keys: ['a key of 32 bytes or of more than that'] };
  const { post, logger } = await serveChat({ controllers: [Carts], mode: 'development', signing });
  more = { sign };
  await post(create());
  expect(warnings({ logger })).toEqual([]);
  more = {};
  await post(create());
  expect(warnings({ logger }).map(({ details }) => details['code'])).toEqual(['action_unsigned']);
});

test('a field of a form that gets lost', async () => {
  answer = () =>
    widget({
      type: 'Form',
      onSubmitAction: { type: 'item.select', payload: { id: 'a' } },
      children: [{ type: 'Input', name: 'id' }],
    });
  const { post, logger } = await chat();
  await post(create());
  expect(warnings({ logger }).map(({ details }) => details['code'])).toEqual(['form_field_lost']);
});

test('nothing is said in production, nor of widgets that are in order', async () => {
  const production = await chat('production');
  await production.post(create());
  expect(production.logger.lines).toEqual([]);
  answer = () => widget(GOOD);
  const development = await chat();
  await development.post(create());
  expect(development.logger.lines).toEqual([]);
});

test('what fails in the check does not touch the response', async () => {
  class Explosive {
    @IsString() id!: string;
  }
  registerDecorator({
    target: Explosive,
    propertyName: 'id',
    validator: {
      validate() {
        throw new Error('boom');
      },
    },
  });
  @ChatController()
  class Bombs {
    @OnAction('bomb')
    bomb(@Payload() payload: Explosive) {
      return assistantMessage(payload.id);
    }
    @OnMessage()
    reply() {
      return widget(card({ type: 'bomb', payload: { id: 'a' } }));
    }
  }
  const { post, logger } = await serveChat({ controllers: [Bombs], mode: 'development' });
  const { types } = await post(create());
  expect(types.at(-1)).toBe('thread.item.done');
  expect(warnings({ logger }).map(({ message }) => message)).toEqual([expect.stringContaining('boom')]);
});
