/* eslint-disable @typescript-eslint/no-empty-function, @typescript-eslint/no-unused-vars, @typescript-eslint/class-literal-property-style -- these members are there for their decorators */
import { expectTypeOf } from 'expect-type';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import {
  ChatController,
  createParamDecorator,
  OnAction,
  OnMessage,
  Payload,
  UseFilters,
  UseGuards,
  UseInterceptors,
  type ParameterDecoration,
} from '../../src/decorators';
import type { ChatContext, EventDraft } from '../../src/context';
import { defineAction } from '../../src/widgets';

class SelectItem {
  id!: string;
}
interface Session {
  userId: string;
}

test('decorators take methods of any signature, without casts', () => {
  @ChatController()
  @UseGuards((ctx: ChatContext<Session>) => ctx.requestContext.userId === 'ada')
  @UseInterceptors((_ctx, next) => next())
  @UseFilters((error) => (error instanceof Error ? [] : undefined))
  class Controller {
    @OnAction('a', { payload: SelectItem })
    async *generator({ id }: SelectItem, ctx: ChatContext<Session>): AsyncGenerator<EventDraft> {
      yield { type: 'progress_update', text: id + ctx.requestContext.userId };
    }

    @OnAction('b')
    async promise(): Promise<void> {}

    @OnAction(['c', /d/])
    @UseGuards(
      class {
        canActivate(): boolean {
          return true;
        }
      },
    )
    observable(@Payload(z.object({ n: z.number() })) _payload: { n: number }): Observable<EventDraft> {
      throw new Error('never called');
    }

    @OnAction([defineAction('e', SelectItem), 'f'])
    many(_a: SelectItem, _ctx: unknown, _c = 1, ..._rest: number[]): EventDraft[] {
      return [];
    }

    @OnMessage()
    protected reply(): void {}
  }
  expect(Controller).toBeDefined();
});

test('abstract controllers can be decorated', () => {
  @ChatController()
  abstract class Base {
    @OnAction('a')
    abstractly(): void {}
  }
  expect(Base).toBeDefined();
});

test('decorators in the wrong place do not compile', () => {
  const wrong = () => {
    class A {
      // @ts-expect-error @ChatController is for classes
      @ChatController()
      method() {}
    }
    // @ts-expect-error @OnAction is for methods
    @OnAction('x')
    class B {}
    class C {
      // @ts-expect-error @OnAction is not for accessors
      @OnAction('x')
      get size() {
        return 1;
      }
    }
    class D {
      // @ts-expect-error @OnAction is not for properties
      @OnAction('x')
      size = 1;
    }
    class E {
      // @ts-expect-error a payload type is a class, a schema or 'unchecked'
      @OnAction('x', { payload: 'checked' })
      method() {}
    }
    return [A, B, C, D, E];
  };
  expect(wrong).toBeDefined();
});

test('createParamDecorator asks for the data that its resolver takes', () => {
  const Field = createParamDecorator((field: string, _ctx) => field);
  expectTypeOf(Field).parameters.toEqualTypeOf<[data: string]>();
  expectTypeOf(Field).returns.toEqualTypeOf<ParameterDecoration>();

  const UserId = createParamDecorator((_data, ctx: ChatContext<Session>) => ctx.requestContext.userId);
  UserId();
  // @ts-expect-error the data is a string
  Field(1);
  // @ts-expect-error the data is needed
  Field();
});
