import 'reflect-metadata';
import { IsString } from 'class-validator';
import { createChatKit, type ChatKitApp, type ChatKitOptions } from '../../src/app';
import { ChatController, OnAction, OnFeedback, OnMessage, Payload } from '../../src/decorators';
import { StartupError } from '../../src/errors';
import { chatkit } from '../../src/node';
import type { WidgetRoot } from '../../src/protocol';
import { MemoryStore } from '../../src/stores';

class SelectItem {
  @IsString() id!: string;
}

@ChatController('item')
class Items {
  @OnAction('select')
  select(@Payload() { id }: SelectItem): void {
    expect(id).toBeDefined();
  }
  @OnAction('star', { sync: true })
  @OnAction(['*', '**', /^old-/])
  other(): void {
    // takes what comes
  }
  @OnMessage()
  reply(): void {
    // answers nothing
  }
  @OnFeedback()
  feedback(): void {
    // forgets it
  }
}

const card = (type: string, more = {}): WidgetRoot => ({
  type: 'Card',
  children: [{ type: 'Button', onClickAction: { type, payload: { id: 'a' }, ...more } }],
  confirm: { label: 'Fine', action: { type: 'page.close', handler: 'client' } },
});
const template = {
  name: 'cart',
  samples: () => [{ widget: card('item.open') }, { widget: card('item.a.b') }],
};

function appWith(options: Partial<ChatKitOptions> = {}): ChatKitApp {
  return createChatKit({ controllers: [Items], store: new MemoryStore(), owner: 'shared', ...options });
}

test('tells what was looked at, what was found, who takes it, and who waits in vain', () => {
  expect(appWith({ widgets: [card('item.select'), template] }).check()).toEqual({
    widgets: [
      { name: 'widgets[0]', actions: 1 },
      { name: 'cart', actions: 2 },
    ],
    actions: [
      {
        widget: 'widgets[0]',
        path: 'children.0.onClickAction',
        component: 'Button',
        action: 'item.select',
        kind: 'action',
        handler: 'Items.select',
      },
      expect.objectContaining({ widget: 'cart', action: 'item.open', handler: 'Items.other' }),
      expect.objectContaining({ widget: 'cart', action: 'item.a.b', handler: 'Items.other' }),
    ],
    problems: [],
    // Patterns, not methods: hooks are no actions.
    unused: [
      { where: 'Items.other', kind: 'sync_action', pattern: 'item.star' },
      { where: 'Items.other', kind: 'action', pattern: '/^old-/' },
    ],
  });
});

test('tells once what several samples of a template have in common', () => {
  const twice = {
    name: 'cart',
    samples: () => [{ widget: card('item.open') }, { widget: card('item.open') }],
  };
  const { widgets, actions } = appWith().check([twice, card('item.open')]);
  expect(widgets.map(({ actions: count }) => count)).toEqual([1, 1]);
  expect(actions.map(({ widget }) => widget)).toEqual(['cart', 'widgets[1]']);
});

test('is plain data', () => {
  const report = appWith({ widgets: [template] }).check();
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});

test('looks at other widgets when it is asked to', () => {
  const { problems, unused } = appWith({ widgets: [template] }).check([
    card('cart.pay'),
    card('item.star', { streaming: false }),
  ]);
  expect(problems).toEqual([expect.objectContaining({ code: 'action_without_handler', action: 'cart.pay' })]);
  expect(unused.map(({ pattern }) => pattern)).not.toContain('item.star');
});

test('without widgets nothing was looked at, and all actions wait', () => {
  const { widgets, actions, problems, unused } = appWith().check();
  expect({ widgets, actions, problems }).toEqual({ widgets: [], actions: [], problems: [] });
  expect(unused).toHaveLength(5);
});

test('is there behind an adapter too', () => {
  const chat = chatkit({
    controllers: [Items],
    store: new MemoryStore(),
    owner: 'shared',
    widgets: [template],
  });
  expect(chat.app.check().widgets).toEqual([{ name: 'cart', actions: 2 }]);
});

test.each(['development', 'production'] as const)('an app with problems does not start in %s', (mode) => {
  const start = (): unknown => appWith({ mode, widgets: [card('cart.pay')] });
  expect(start).toThrow(StartupError);
  expect(start).toThrow(
    /^The chat cannot start, 1 problem\(s\):\n {2}1\. widgets\[0\], children\.0\.onClickAction: /,
  );
  expect(start).toThrow("\n\n     @OnAction('cart.pay')\n     onCartPay(");
});

test('widgets that are no array', () => {
  expect(() => appWith({ widgets: template as never })).toThrow('`widgets` is not an array.');
});

test('fifty widgets with twenty actions each are looked at in no time', () => {
  const widgets = Array.from({ length: 50 }, (_, index) => ({
    type: 'ListView',
    children: Array.from({ length: 20 }, (__, row) =>
      card('item.select', { payload: { id: `${String(index)}_${String(row)}` } }),
    ),
  }));
  const start = performance.now();
  const app = appWith({ widgets });
  const ms = performance.now() - start;
  expect(app.check().actions).toHaveLength(1_000);
  expect(ms).toBeLessThan(2_000); // tens of milliseconds, unless the machine is busy
});
