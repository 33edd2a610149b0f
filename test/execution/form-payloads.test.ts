import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsDefined,
  IsEmail,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { z } from 'zod';
import {
  ChatController,
  FormBoolean,
  FormDate,
  FormList,
  FormNumber,
  FormText,
  OnAction,
} from '../../src/decorators';
import { InvalidPayloadError } from '../../src/errors';
import type { PayloadType } from '../../src/metadata';
import type { ActionConfig, ActionRequest, WidgetComponent } from '../../src/protocol';
import { defineAction, formCollisions, widgetActions } from '../../src/widgets';
import { sentByClient } from '../support/form-client';
import { failure, handlerOf, recordingLogger, testContext } from './support';

/** A form around its controls, and a button beside the submit button. */
function form(onSubmitAction: ActionConfig, ...controls: WidgetComponent[]): WidgetComponent {
  return { type: 'Card', children: [{ type: 'Form', onSubmitAction, children: controls }] };
}
const input = (name: string): WidgetComponent => ({ type: 'Input', name });

/** What a handler that takes `type` receives for what the client sends. */
async function received(type: PayloadType, action: ActionRequest): Promise<unknown> {
  @ChatController()
  class Controller {
    @OnAction(action.type, { payload: type, sync: true })
    handle(value: unknown) {
      return { value } as never;
    }
  }
  const result = (await handlerOf(Controller).call(testContext({ action }))) as { value: unknown };
  return result.value;
}

async function pathsAtProblem(type: PayloadType, action: ActionRequest): Promise<string[]> {
  const error = await failure(() => received(type, action));
  expect(error).toBeInstanceOf(InvalidPayloadError);
  return (error as InvalidPayloadError).issues!.map(({ path }) => path);
}

class Todo {
  @IsString() title!: string;
  @FormNumber() @IsInt() @Min(1) @Max(5) priority!: number;
}
class SaveTodo {
  @IsString() id!: string;
  @IsDefined() @ValidateNested() @Type(() => Todo) todo!: Todo;
}
const saveTodo = defineAction('todo.save', SaveTodo);

describe('dotted names', () => {
  const widget = form(saveTodo.form({ id: 't1' }), input('todo.title'), input('todo.priority'));

  test('arrive as nested instances, beside what the widget gave', async () => {
    const sent = sentByClient(widget, { 'todo.title': 'Tea', 'todo.priority': '2' });
    expect(sent.payload).toEqual({ id: 't1', todo: { title: 'Tea', priority: '2' } });
    const made = (await received(SaveTodo, sent)) as SaveTodo;
    expect(made).toEqual({ id: 't1', todo: { title: 'Tea', priority: 2 } });
    expect(made.todo).toBeInstanceOf(Todo);
  });

  test('are named by their path where they are in error', async () => {
    const sent = sentByClient(widget, { 'todo.title': 'Tea', 'todo.priority': '9' });
    expect(await pathsAtProblem(SaveTodo, sent)).toEqual(['todo.priority']);
    expect(await pathsAtProblem(SaveTodo, sentByClient(widget, {}))).toContain('todo');
  });

  test('add to an object that the widget gives', async () => {
    const partial = form(saveTodo.form({ id: 't1', todo: { priority: 1 } }), input('todo.title'));
    const sent = sentByClient(partial, { 'todo.title': 'Tea' });
    expect(await received(SaveTodo, sent)).toEqual({ id: 't1', todo: { title: 'Tea', priority: 1 } });
  });
});

describe('lists', () => {
  class Guest {
    @IsString() name!: string;
    @FormNumber() @IsOptional() @IsInt() age?: number;
  }
  class Party {
    @FormList(() => Guest) @ValidateNested({ each: true }) @ArrayMinSize(1) guests!: Guest[];
    @FormList(() => Number) @IsOptional() @IsInt({ each: true }) tables?: number[];
    @FormList() @IsOptional() @IsArray() notes?: string[];
  }
  class Strict {
    @IsArray() notes!: string[];
  }
  const names = ['guests.0.name', 'guests.0.age', 'guests.1.name', 'tables.0', 'tables.1', 'notes.0'];
  const widget = form({ type: 'party' }, ...names.map(input));
  const filled = Object.fromEntries(names.map((name) => [name, name.endsWith('name') ? 'Ada' : '7']));

  test('of objects and of plain values, from names with places in them', async () => {
    const sent = sentByClient(widget, filled);
    expect(sent.payload).toMatchObject({ guests: { 0: { name: 'Ada', age: '7' } }, tables: { 0: '7' } });
    const made = (await received(Party, sent)) as Party;
    expect(made).toEqual({
      guests: [
        { name: 'Ada', age: 7 },
        { name: 'Ada', age: undefined },
      ],
      tables: [7, 7],
      notes: ['7'],
    });
    expect(made.guests[0]).toBeInstanceOf(Guest);
  });

  test('that the widget gives whole', async () => {
    const given = { guests: [{ name: 'Ada', age: 36 }], tables: [1, 2] };
    const sent = sentByClient(form({ type: 'party', payload: given }, input('note')), {});
    expect(await received(Party, sent)).toMatchObject(given);
  });

  test('name the entry in error', async () => {
    const sent = sentByClient(widget, { ...filled, 'guests.0.age': 'old', 'tables.1': 'x' });
    expect(await pathsAtProblem(Party, sent)).toEqual(['guests.0.age', 'tables']);
    expect(await pathsAtProblem(Party, sentByClient(widget, { ...filled, 'guests.1.name': 1 }))).toEqual([
      'guests.1.name',
    ]);
  });

  test('are made only where the class asks for them', async () => {
    expect(await pathsAtProblem(Strict, { type: 'a', payload: { notes: { 0: 'x' } } })).toEqual(['notes']);
  });
});

describe('the values of controls', () => {
  class Booking {
    @IsBoolean() breakfast!: boolean;
    @FormBoolean() @IsBoolean() express!: boolean;
    @IsIn(['single', 'double']) room!: string;
    @IsISO8601() from!: string;
    @FormDate() @IsDate() until!: Date;
    @FormNumber() @IsInt() @Min(1) nights!: number;
    @FormNumber() @IsOptional() @IsInt() @Min(0) children?: number;
    @FormText() @IsOptional() @IsEmail() email?: string;
    @IsString() wishes!: string;
    @IsString() title!: string;
  }
  const widget = form(
    { type: 'book' },
    { type: 'Checkbox', name: 'breakfast' },
    { type: 'Select', name: 'express', options: [{ value: 'true', label: 'Yes' }] },
    { type: 'RadioGroup', name: 'room', options: [{ value: 'single', label: 'Single' }] },
    { type: 'DatePicker', name: 'from' },
    { type: 'DatePicker', name: 'until' },
    { type: 'Input', name: 'nights', inputType: 'number' },
    { type: 'Input', name: 'children', inputType: 'number' },
    { type: 'Input', name: 'email', inputType: 'email' },
    { type: 'Textarea', name: 'wishes' },
    { type: 'Text', value: 'My trip', editable: { name: 'title' } },
  );
  const filled = {
    breakfast: false,
    express: 'true',
    room: 'double',
    from: '2026-03-01',
    until: '2026-03-04',
    nights: '3',
    children: '1',
    email: ' ada@example.com ',
    wishes: 'A desk\nby the window',
    title: 'Bern',
  };

  test('of every kind', async () => {
    expect(await received(Booking, sentByClient(widget, filled))).toEqual({
      ...filled,
      express: true,
      until: new Date('2026-03-04'),
      nights: 3,
      children: 1,
      email: 'ada@example.com',
    });
  });

  test.each([
    ['cleared', { ...filled, children: '', email: '' }],
    ['missing', { ...filled, children: undefined, email: undefined }],
  ])('that are optional and %s', async (_title, values) => {
    expect(await received(Booking, sentByClient(widget, values))).toMatchObject({
      nights: 3,
      children: undefined,
      email: undefined,
    });
  });

  test('that are needed and cleared, or make no sense', async () => {
    const wrong = {
      ...filled,
      express: 'perhaps',
      room: '',
      until: '',
      nights: '',
      children: 'two',
      email: '@',
    };
    const paths = await pathsAtProblem(Booking, sentByClient(widget, wrong));
    expect([...new Set(paths)]).toEqual(['express', 'room', 'until', 'nights', 'children', 'email']);
  });

  test('stay as they came where the class does not ask for another type', async () => {
    class Plain {
      @IsInt() nights!: number;
      @IsBoolean() express!: boolean;
      @IsDate() until!: Date;
    }
    const sent = sentByClient(widget, filled);
    expect(new Set(await pathsAtProblem(Plain, sent))).toEqual(new Set(['nights', 'express', 'until']));
  });

  test('are converted by a schema that says so, and by no other', async () => {
    const asked = z.object({ nights: z.coerce.number().int(), express: z.stringbool() });
    const sent = sentByClient(widget, filled);
    expect(await received(asked, sent)).toEqual({ nights: 3, express: true });
    expect(await pathsAtProblem(z.object({ nights: z.number() }), sent)).toEqual(['nights']);
  });
});

describe('a control outside of a form', () => {
  test('sends its own value with its own action', async () => {
    class Filter {
      @IsString() list!: string;
      @FormNumber() @IsInt() size!: number;
    }
    const filter = defineAction('list.filter', Filter);
    const select = { type: 'Select', name: 'size', onChangeAction: filter.form({ list: 'a' }) };
    const sent = sentByClient(
      { type: 'Card', children: [select, input('other')] },
      { size: '20', other: 'x' },
    );
    expect(await received(Filter, sent)).toEqual({ list: 'a', size: 20 });
  });
});

describe('fields that collide with the payload', () => {
  test('are dropped by the client, and found beforehand', async () => {
    const widget = form(
      saveTodo({ id: 't1', todo: { title: 'Tea', priority: 1 } }),
      input('todo.title'),
      input('id'),
    );
    const sent = sentByClient(widget, { 'todo.title': 'Coffee', id: 't2' });
    expect(await received(SaveTodo, sent)).toEqual({ id: 't1', todo: { title: 'Tea', priority: 1 } });
    expect(widgetActions(widget).flatMap(formCollisions)).toEqual([
      { field: 'todo.title', by: 'payload', key: 'todo.title' },
      { field: 'id', by: 'payload', key: 'id' },
    ]);
  });
});

describe("other actions' fields", () => {
  class Remove {
    @IsString() id!: string;
  }
  const remove = defineAction('todo.remove', Remove);
  const widget = form(
    saveTodo.form({ id: 't1' }),
    input('todo.title'),
    { type: 'Checkbox', name: 'done' },
    { type: 'Button', label: 'Remove', onClickAction: remove({ id: 't1' }) },
  );

  @ChatController()
  class Controller {
    @OnAction(remove)
    remove(payload: Remove) {
      expect(payload).toEqual({ id: 't1' });
    }
  }

  test('are dropped, and each is told once, whatever the user has filled in', async () => {
    const logger = recordingLogger();
    const handler = handlerOf(Controller, { mode: 'development' });
    for (const values of [{ 'todo.title': 'Tea' }, {}, { 'todo.title': 'x', done: true }, { done: false }]) {
      const action = sentByClient(widget, values, 'todo.remove');
      await handler.call(testContext({ logger, action }));
    }
    expect(logger.lines.map(({ details }) => details['fields'])).toEqual([['todo'], ['done']]);
  });
});
