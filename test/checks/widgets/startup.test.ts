/* eslint-disable @typescript-eslint/no-empty-function, @typescript-eslint/no-unused-vars -- these methods are there for their decorators */
import 'reflect-metadata';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMinSize,
  IsInt,
  IsOptional,
  IsString,
  Min,
  registerDecorator,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { z } from 'zod';
import { ChatController, OnAction, Payload } from '../../../src/decorators';
import type { StartupProblem } from '../../../src/errors';
import type { ActionConfig, WidgetRoot } from '../../../src/protocol';
import type { WidgetExample } from '../../../src/checks';
import { defineAction } from '../../../src/widgets';
import { problemsOf, summary } from '../../routing/support';

class SelectItem {
  @IsString() id!: string;
}
class City {
  @IsString() name!: string;
  @IsString() zip!: string;
}
class Order {
  @IsString() id!: string;
  @IsInt() @Min(1) amount!: number;
  @IsOptional() @IsString() note?: string;
  @ValidateNested() @Type(() => City) city!: City;
}

@ChatController()
class Items {
  @OnAction('item.select')
  select(@Payload() _payload: SelectItem) {}
  @OnAction('item.star', { sync: true })
  star(@Payload() _payload: SelectItem) {}
  @OnAction('item.order')
  order(@Payload() _payload: Order) {}
  @OnAction('list.refresh')
  refresh() {}
  @OnAction('page.*', { payload: 'unchecked' })
  page() {}
}

const button = (onClickAction: ActionConfig): WidgetRoot => ({
  type: 'Card',
  children: [{ type: 'Button', label: 'Go', onClickAction }],
});

const form = (onSubmitAction: ActionConfig, ...names: string[]): WidgetRoot => ({
  type: 'Form',
  onSubmitAction,
  children: names.map((name) => ({ type: 'Input', name })),
});

function check(widgets: readonly unknown[], options = {}): readonly StartupProblem[] {
  return problemsOf([Items], { widgets: widgets as readonly WidgetExample[], ...options });
}

/** The one problem of one widget. */
function theProblem(widget: unknown, options = {}): StartupProblem {
  const problems = check([widget], options);
  expect(problems).toHaveLength(1);
  return problems[0]!;
}

describe('widgets whose actions all have their handler', () => {
  test.each<[string, WidgetRoot]>([
    ['a payload that fits', button({ type: 'item.select', payload: { id: 'a' } })],
    ['a sync action', button({ type: 'item.star', payload: { id: 'a' }, streaming: false })],
    ['none, where the handler takes none', button({ type: 'list.refresh' })],
    ['a pattern', button({ type: 'page.next', payload: 7 })],
    ['an action of the page', button({ type: 'whatever', handler: 'client' })],
    ['a field that the DTO does not name', button({ type: 'item.select', payload: { id: 'a', x: 1 } })],
    [
      'the fields of a form',
      form({ type: 'item.order', payload: { amount: 1, city: { zip: '1' } } }, 'id', 'note', 'city.name'),
    ],
    ['nulls, which are not sent', button({ type: 'item.select', payload: { id: 'a', note: null } })],
    ['a signature', button({ type: 'item.select', payload: { id: 'a', $signature: 'v1.…' } })],
    ['no actions', { type: 'Card', children: [] }],
  ])('%s', (_, widget) => {
    expect(check([widget], { unknownFields: 'drop' })).toEqual([]);
  });

  test('a signature is no unknown field', () => {
    const widget = button({ type: 'item.select', payload: { id: 'a', $signature: 'v1.…' } });
    expect(check([widget], { unknownFields: 'refuse' })).toEqual([]);
  });
});

describe('an action without a handler', () => {
  test('names the widget, the path, the action and what to paste', () => {
    const problem = theProblem(button({ type: 'cart.pay', payload: { id: 'a', total: 9.5 } }));
    expect(problem).toEqual({
      code: 'action_without_handler',
      where: 'widgets[0], children.0.onClickAction',
      widget: 'widgets[0]',
      path: 'children.0.onClickAction',
      action: 'cart.pay',
      message: 'the action "cart.pay" has no streaming handler.',
      fix: [
        'Add a handler, in a controller without a prefix:',
        '',
        'class CartPayPayload {',
        '  @IsString() id!: string;',
        '  @IsNumber() total!: number;',
        '}',
        '',
        "@OnAction('cart.pay')",
        'onCartPay(@Payload(CartPayPayload) payload: CartPayPayload) {',
        "  return assistantMessage('cart.pay is not built yet.');",
        '}',
        '',
      ].join('\n'),
    });
  });

  test('asks whether a name was meant that is nearly the same', () => {
    const problem = theProblem(button({ type: 'item.selct', payload: { id: 'a' } }));
    expect(problem.message).toContain('Did you mean "item.select"?');
    expect(problem.fix).toMatch(/^Send the right name, or add a handler/);
  });

  test('is told once, however often it is sent, with a stub for all that comes along', () => {
    const widgets = [
      button({ type: 'cart.pay', payload: { id: 'a' } }),
      form({ type: 'cart.pay', payload: { express: true } }, 'note'),
      {
        type: 'Form',
        onSubmitAction: { type: 'cart.pay', payload: {} },
        children: [{ type: 'Checkbox', name: 'terms.accepted' }],
      },
    ];
    const [problem, ...others] = check(widgets);
    expect(others).toEqual([]);
    expect(problem?.where).toBe('widgets[0], children.0.onClickAction and 2 more');
    expect(problem?.fix).toContain('@IsBoolean() accepted!: boolean;');
    expect(problem?.fix).toContain('@IsOptional() @IsString() id?: string;');
    expect(problem?.fix).toContain('@IsOptional() @IsBoolean() express?: boolean;');
    expect(problem?.fix).toContain('@IsOptional() @IsString() note?: string;');
  });

  test.each(['', 'a..b', 'item.*', 'a'.repeat(300)])(
    'gets no stub for a name that no handler can have: %p',
    (type) => {
      const problem = theProblem(button({ type }));
      expect(problem.code).toBe('action_without_handler');
      expect(problem.fix).not.toContain('@OnAction');
    },
  );

  test('is of the other kind', () => {
    expect(theProblem(button({ type: 'item.star', payload: { id: 'a' } }))).toMatchObject({
      code: 'action_of_other_kind',
      message: expect.stringContaining(
        'Items.star is a sync handler, which then runs only while the thread has no other stream.',
      ),
      fix: expect.stringContaining('Add `streaming: false`'),
    });
    expect(theProblem(button({ type: 'item.select', payload: { id: 'a' }, streaming: false }))).toMatchObject(
      {
        code: 'action_of_other_kind',
        message: expect.stringContaining('Items.select is a streaming handler, which is not called.'),
        fix: expect.stringContaining('Remove `streaming: false`'),
      },
    );
  });
});

describe('a payload that its type cannot take', () => {
  test('is told as a user who clicks would read it', () => {
    expect(theProblem(button({ type: 'item.select', payload: { id: 7 } }))).toMatchObject({
      code: 'payload_does_not_fit',
      action: 'item.select',
      message: 'Items.select would answer "item.select" with: Invalid payload: id must be a string.',
    });
  });

  test('is missing', () => {
    expect(theProblem(button({ type: 'item.select' })).message).toContain('id must be a string');
    expect(theProblem(button({ type: 'item.select', payload: 'a' })).message).toContain('must be an object');
  });

  test('lacks what the form does not supply either', () => {
    const problem = theProblem(form({ type: 'item.order', payload: { id: 'a' } }, 'amount', 'city.name'));
    expect(problem.message).toContain('city.zip must be a string');
    expect(problem.message).not.toContain('amount');
    expect(problem.message).not.toContain('city.name');
  });

  test('has a field of the form that is refused', () => {
    const widget = form({ type: 'item.select', payload: { id: 'a' } }, 'note');
    expect(check([widget])).toEqual([]);
    expect(theProblem(widget, { unknownFields: 'refuse' }).message).toContain('note should not exist');
  });

  test('is sent by a control, with its value', () => {
    const select = (name: string): WidgetRoot => ({
      type: 'Card',
      children: [{ type: 'Select', name, onChangeAction: { type: 'item.select' } }],
    });
    expect(check([select('id')])).toEqual([]);
    expect(theProblem(select('other')).message).toContain('id must be a string');
  });

  test('loses a field of the form', () => {
    const problem = theProblem(form({ type: 'item.select', payload: { id: 'a' } }, 'id'));
    expect(problem).toMatchObject({
      code: 'form_field_lost',
      message: expect.stringContaining('the payload already has "id"'),
    });
    expect(theProblem(form({ type: 'page.next', payload: 7 }, 'id')).message).toContain(
      'the payload is not an object',
    );
    const fields = theProblem(form({ type: 'page.next' }, 'a', 'a.b'));
    expect(fields.message).toContain('the field "a" takes its place');
  });
});

describe('an action that must be signed', () => {
  const pay = defineAction('cart.pay', Order);
  const payload = { id: 'a', amount: 1, city: { name: 'B', zip: '1' } };

  @ChatController()
  class Payments {
    @OnAction(pay, { signed: ['id', 'amount'] })
    pay(@Payload() _payload: Order) {}
    @OnAction('cart.leave', { signed: true })
    leave() {}
  }
  const problems = (widget: unknown): readonly StartupProblem[] =>
    problemsOf([Payments], { signing: true, widgets: [widget as WidgetRoot] });

  test('is not', () => {
    expect(problems(button({ type: 'cart.leave' }))).toEqual([
      expect.objectContaining({
        code: 'action_unsigned',
        message: 'Payments.leave accepts "cart.leave" only if it is signed, but the widget does not sign it.',
        fix: 'Sign it: { sign: [] } in the options of the action.',
      }),
    ]);
    expect(problems(button(pay(payload)))[0]?.message).toContain('does not sign "id", "amount".');
  });

  test('is signed in part', () => {
    const [problem] = problems(button(pay(payload, { sign: ['id'] })));
    expect(problem?.message).toContain('does not sign "amount".');
    expect(problem?.fix).toContain("{ sign: ['amount'] }");
  });

  test('is signed', () => {
    expect(problems(button(pay(payload, { sign: ['amount', 'id'] })))).toEqual([]);
  });

  test('may be signed by the code that builds the template', () => {
    expect(problems({ name: 'cart', samples: () => [{ widget: button(pay(payload)) }] })).toEqual([]);
  });
});

describe('templates', () => {
  const source = (...samples: { widget: WidgetRoot; twin?: WidgetRoot }[]): WidgetExample => ({
    name: 'cart',
    samples: () => samples,
  });

  test('are named', () => {
    expect(theProblem(source({ widget: button({ type: 'cart.pay' }) }))).toMatchObject({
      widget: 'cart',
      where: 'cart, children.0.onClickAction',
    });
  });

  test('are not judged by values that were made up', () => {
    const widget = (id: string | number, extra = {}): WidgetRoot =>
      button({ type: 'item.order', payload: { id, amount: -1, city: { name: 'B', zip: '1' }, ...extra } });
    expect(summary(check([source({ widget: widget(1) })]))).toHaveLength(1);
    // The id differs, and its type says nothing. The amount is the template's own.
    const { message } = theProblem(source({ widget: widget(1), twin: widget(2) }));
    expect(message).toContain('amount must not be less than 1');
    expect(message).not.toContain('id must');
  });

  test('are judged by what they never send', () => {
    const widget = (id: string): WidgetRoot => button({ type: 'item.select', payload: { idd: id } });
    expect(theProblem(source({ widget: widget('a'), twin: widget('b') })).message).toContain(
      'id must be a string',
    );
  });

  test('are not asked for handlers of names that were made up', () => {
    const widget = (verb: string): WidgetRoot => button({ type: `cart.${verb}` });
    expect(check([source({ widget: widget('a'), twin: widget('b') })])).toEqual([]);
  });

  test('whose samples have other actions than their twins', () => {
    const widget = button({ type: 'item.select', payload: { id: 7 } });
    expect(check([source({ widget, twin: { type: 'Card', children: [] } })])).toEqual([
      expect.objectContaining({ code: 'payload_does_not_fit' }),
    ]);
  });

  test('that show nothing', () => {
    expect(theProblem(source())).toMatchObject({
      code: 'unusable_widget',
      message: expect.stringContaining('no samples'),
    });
  });

  test('that cannot be shown', () => {
    const broken = {
      name: 'cart',
      samples() {
        throw new Error('items is undefined');
      },
    };
    expect(theProblem(broken)).toMatchObject({
      code: 'unusable_widget',
      where: 'cart',
      message: expect.stringContaining('items is undefined'),
    });
  });

  test.each([undefined, null, 7, 'Card', {}, [], () => undefined])(
    '%p is neither a widget nor a template',
    (entry) => {
      expect(theProblem(entry)).toMatchObject({ code: 'unusable_widget', where: 'widgets[0]' });
    },
  );

  test('that are circular', () => {
    const widget: WidgetRoot = { type: 'Card' };
    widget['children'] = [widget];
    expect(theProblem(widget)).toMatchObject({ code: 'unusable_widget' });
  });
});

describe('types of all sorts', () => {
  function Rule(validate: () => boolean | Promise<boolean>, async: boolean, options?: ValidationOptions) {
    return (target: object, propertyName: string) =>
      registerDecorator({
        name: 'rule',
        async,
        target: target.constructor,
        propertyName,
        options: options ?? {},
        validator: { validate, defaultMessage: () => 'rule is broken' },
      });
  }
  const rejecting = (): Promise<boolean> => Promise.reject(new Error('no database at startup'));

  class Asynchronous {
    @Rule(rejecting, true) a!: string;
    @Rule(rejecting, false) b!: string;
    @Rule(rejecting, false, { each: true }) c!: string[];
    @IsString() d!: string;
    @Rule(() => false, false) e!: string;
  }
  class Throwing {
    @Transform(({ value }: { value: unknown }) => new Date(String(value)).toISOString())
    @IsString()
    date!: string;
    @ArrayMinSize(1) list!: string[];
  }
  const link = defineAction('schema.link', z.object({ id: z.string(), more: z.string().optional() }));

  @ChatController()
  class Sorts {
    @OnAction('sorts.async')
    asynchronous(@Payload() _payload: Asynchronous) {}
    @OnAction('sorts.throwing')
    throwing(@Payload() _payload: Throwing) {}
    @OnAction(link)
    link(_payload: unknown) {}
    @OnAction('schema.async', { payload: z.object({ id: z.string().refine(async () => false) }) })
    schema(_payload: unknown) {}
  }
  const messages = (widget: WidgetRoot): string[] =>
    problemsOf([Sorts], { widgets: [widget] }).map(({ message }) => message.replace(/^.* with: /, ''));

  test('what takes time is not waited for, and its failing harms nobody', async () => {
    const payload = { a: '', b: '', c: ['x'], d: 1, e: '' };
    expect(messages(button({ type: 'sorts.async', payload }))).toEqual([
      'Invalid payload: d must be a string; e: rule is broken.',
    ]);
    expect(messages(button({ type: 'schema.async', payload: { id: 'a' } }))).toEqual([]);
    await new Promise((resolve) => setImmediate(resolve)); // an unhandled rejection would end the process
  });

  test('a transformation that throws is a problem, unless a form or data is in play', () => {
    const [message] = messages(button({ type: 'sorts.throwing', payload: { date: 'x', list: ['a'] } }));
    expect(message).toContain('date is not valid (a function of its class threw Invalid time value)');
    expect(messages(form({ type: 'sorts.throwing', payload: { list: ['a'] } }, 'date'))).toEqual([]);
  });

  test('Standard Schemas', () => {
    expect(messages(button({ type: 'schema.link', payload: { id: 'a' } }))).toEqual([]);
    expect(messages(button({ type: 'schema.link', payload: { id: 1, more: 'a' } }))[0]).toContain('id: ');
    expect(messages(form({ type: 'schema.link', payload: {} }, 'id'))).toEqual([]);
  });
});

test('all problems are in one error, beside those of the controllers', () => {
  @ChatController()
  class Wrong {
    @OnAction('a..b')
    handle() {}
  }
  const widgets = [button({ type: 'cart.pay' }), button({ type: 'cart.leave' })];
  expect(summary(problemsOf([Items, Wrong], { widgets }))).toEqual([
    'invalid_pattern at Wrong.handle',
    'action_without_handler at widgets[0], children.0.onClickAction',
    'action_without_handler at widgets[1], children.0.onClickAction',
  ]);
});
