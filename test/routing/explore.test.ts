/* eslint-disable @typescript-eslint/no-empty-function, @typescript-eslint/no-unused-vars -- these methods are there for their decorators */
import 'reflect-metadata';
import { IsString } from 'class-validator';
import {
  ChatController,
  Context,
  OnAction,
  OnMessage,
  Payload,
  Sender,
  UseFilters,
  UseGuards,
} from '../../src/decorators';
import type { HandlerDefinition } from '../../src/metadata';
import { explore } from '../../src/routing/explore';
import { defineAction } from '../../src/widgets';

class Dto {
  @IsString() id!: string;
}
const guardOf = (name: string) => Object.defineProperty(() => true, 'name', { value: name });
const filterOf = (name: string) => Object.defineProperty(() => undefined, 'name', { value: name });
const names = (list: readonly unknown[]): string[] => list.map((entry) => (entry as { name: string }).name);

function handler(definition: ReturnType<typeof explore>, method: string): HandlerDefinition {
  return definition.handlers.find((found) => found.method === method)!;
}

@ChatController('base')
@UseGuards(guardOf('base class'))
@UseFilters(filterOf('base class'))
class Base {
  @OnAction('select')
  @UseGuards(guardOf('base method'))
  @UseFilters(filterOf('base method'))
  select(@Payload() _payload: Dto, @Sender() _sender: unknown) {}

  @OnAction('star')
  star(@Payload() _payload: Dto) {}

  @OnAction('open')
  open(@Payload() _payload: Dto) {}

  helper() {}
}

test('a class without a parent gives its handlers with everything around them', () => {
  const definition = explore(Base);
  expect(definition.decorated).toBe(true);
  expect(definition.handlers.map(({ where, patterns }) => [where, patterns])).toEqual([
    ['Base.select', ['base.select']],
    ['Base.star', ['base.star']],
    ['Base.open', ['base.open']],
  ]);
  const select = handler(definition, 'select');
  expect(names(select.guards)).toEqual(['base class', 'base method']);
  expect(names(select.filters)).toEqual(['base method', 'base class']);
  expect(select.paramTypes).toEqual([Dto, Object]);
  expect(Object.isFrozen(select) && Object.isFrozen(definition)).toBe(true);
});

describe('a subclass', () => {
  @ChatController('child')
  @UseGuards(guardOf('child class'))
  class Child extends Base {
    // No decorator of its own: takes everything of its parent's.
    override select(_payload: Dto, _sender: unknown) {}

    // A handler decorator of its own: replaces everything.
    @OnAction('favourite')
    override star(@Context() _ctx: unknown) {}

    // No handler decorator, but a guard: it is added.
    @UseGuards(guardOf('child method'))
    override open(_payload: Dto) {}
  }
  const definition = explore(Child);

  test('inherits the handlers of its parent, under its own prefix and name', () => {
    expect(definition.handlers.map(({ where, patterns }) => [where, patterns[0]])).toEqual([
      ['Child.select', 'child.select'],
      ['Child.star', 'child.favourite'],
      ['Child.open', 'child.open'],
    ]);
  });

  test('an override without a handler decorator takes its parent’s handlers, parameters, types and guards', () => {
    const select = handler(definition, 'select');
    expect([...select.params.values()].map(({ kind }) => kind).sort()).toEqual(['payload', 'sender']);
    expect(select.paramTypes).toEqual([Dto, Object]);
    expect(names(select.guards)).toEqual(['base class', 'child class', 'base method']);
    expect(names(select.filters)).toEqual(['base method', 'base class']);
    expect(select.implementation).toBe(Child.prototype.select);
    expect(select.signature).toBe(Base.prototype.select);
  });

  test('an override with a handler decorator replaces its parent’s', () => {
    const star = handler(definition, 'star');
    expect(star.patterns).toEqual(['child.favourite']);
    expect([...star.params.values()].map(({ kind }) => kind)).toEqual(['context']);
  });

  test('an override with a guard alone adds it', () => {
    const open = handler(definition, 'open');
    expect(open.patterns).toEqual(['child.open']);
    expect(names(open.guards)).toEqual(['base class', 'child class', 'child method']);
    expect(open.paramTypes).toEqual([Dto]);
  });

  test('leaks nothing into its parent or its siblings', () => {
    @ChatController('sibling')
    class Sibling extends Base {}
    expect(explore(Base).handlers.map(({ patterns }) => patterns[0])).toEqual([
      'base.select',
      'base.star',
      'base.open',
    ]);
    expect(names(handler(explore(Base), 'open').guards)).toEqual(['base class']);
    expect(explore(Sibling).handlers.map(({ patterns }) => patterns[0])).toEqual([
      'sibling.select',
      'sibling.star',
      'sibling.open',
    ]);
    expect(names(handler(explore(Sibling), 'open').guards)).toEqual(['base class']);
  });

  test('without @ChatController of its own is a controller under its parent’s prefix', () => {
    class Plain extends Base {}
    expect(explore(Plain).decorated).toBe(true);
    expect(handler(explore(Plain), 'select')).toMatchObject({
      where: 'Plain.select',
      patterns: ['base.select'],
    });
  });

  test('that overrides a method by something else has no such handler', () => {
    class Odd extends Base {}
    Object.defineProperty(Odd.prototype, 'select', { get: () => undefined });
    expect(explore(Odd).handlers.map(({ method }) => method)).toEqual(['star', 'open']);
  });
});

test('parameters decorated again on an override count, with the types of the override', () => {
  class Wider {
    @IsString() other!: string;
  }
  class Child extends Base {
    override select(@Payload() _payload: Dto & Wider, @Sender() _sender: unknown) {}
    override star(@Payload(Wider) _payload: unknown) {}
  }
  const star = handler(explore(Child), 'star');
  expect(star.patterns).toEqual(['base.star']);
  expect(star.params.get(0)).toMatchObject({ kind: 'payload', type: Wider });
  expect(star.signature).toBe(Child.prototype.star);
});

test('a prefix is joined to names and patterns, not to action definitions and RegExps', () => {
  @ChatController('item')
  class Controller {
    @OnAction(['select', '*.done', /^any$/, defineAction('form.submit')])
    handle() {}
  }
  expect(explore(Controller).handlers[0]?.patterns).toEqual([
    'form.submit',
    'item.select',
    'item.*.done',
    /^any$/,
  ]);
});

test('several decorators on one method are several handlers', () => {
  @ChatController()
  class Controller {
    @OnAction('a', { payload: 'unchecked' })
    @OnAction('b', { payload: Dto })
    @OnMessage()
    handle(_input: unknown) {}
  }
  expect(explore(Controller).handlers.map(({ declaration }) => declaration.kind)).toEqual([
    'action',
    'action',
    'message',
  ]);
});

test('an instance is explored by its prototypes', () => {
  const instance = new Base();
  const definition = explore(Base, instance);
  expect(definition.handlers.every((found) => found.instance === instance)).toBe(true);
});

test('without reflect-metadata there are no types, and no error', () => {
  const reflect = Reflect as { getOwnMetadata?: unknown };
  const { getOwnMetadata } = reflect;
  delete reflect.getOwnMetadata;
  try {
    expect(explore(Base).handlers[0]?.paramTypes).toBeUndefined();
  } finally {
    reflect.getOwnMetadata = getOwnMetadata;
  }
});
