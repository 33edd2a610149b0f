/* eslint-disable @typescript-eslint/no-empty-function, @typescript-eslint/no-unused-vars, @typescript-eslint/unified-signatures -- these members are there for their decorators */
import 'reflect-metadata';
import { IsString } from 'class-validator';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import type { ChatContext, EventDraft } from '../../src/context';
import {
  Action,
  Context,
  createParamDecorator,
  OnAction,
  Payload,
  Sender,
  Signal,
  Thread,
  UserMessage,
  type OnActionOptions,
} from '../../src/decorators';
import type { ActionRequest, ThreadMetadata, UserMessageItem, WidgetItem } from '../../src/protocol';
import { defineAction } from '../../src/widgets';

class Select {
  @IsString() id!: string;
}
class Pick extends Select {
  @IsString() colour!: string;
}
class Count {
  count!: number;
}
interface Session {
  userId: string;
}

const Move = z.object({ id: z.string(), to: z.string().transform(Number) });
const select = defineAction('item.select', Select);
const again = defineAction('item.select-again', Select);
const pick = defineAction('item.pick', Pick);
const move = defineAction('item.move', Move);
const count = defineAction('count', Count);
const clear = defineAction('clear');
const UserId = createParamDecorator(
  (_data: undefined, ctx: ChatContext<Session>) => ctx.requestContext.userId,
);

test('undecorated handlers that take what their definition says', () => {
  class Controller {
    @OnAction(select)
    async *generator({ id }: Select, ctx: ChatContext<Session>): AsyncGenerator<EventDraft> {
      yield { type: 'progress_update', text: id + ctx.requestContext.userId };
    }
    @OnAction(select) *plain(_payload: Select): Generator<EventDraft> {}
    @OnAction(select) async promise(_payload: { id: string }, _ctx: ChatContext) {}
    @OnAction(select) observable(_payload: Select): Observable<EventDraft> | undefined {
      return undefined;
    }
    @OnAction(select) nothing() {}
    @OnAction(select) unknown(_payload: unknown) {}
    @OnAction(select) optional(_payload?: Select) {}
    @OnAction(select) byDefault(_payload = new Select(), _ctx?: ChatContext) {}
    @OnAction(select) rest(..._args: [Select, ChatContext]) {}
    @OnAction(select) any(..._args: unknown[]) {}
    @OnAction(select) some(_payload: Select, _ctx: globalThis.Pick<ChatContext<Session>, 'requestContext'>) {}
    @OnAction(select) generic<T extends { id: string }>(..._payload: [T, T?]) {}
    @OnAction(pick) wider(_payload: Select) {}
    @OnAction(move) output({ to }: z.infer<typeof Move>) {
      to.toFixed();
    }
    @OnAction(clear) without(_payload: undefined, _ctx: ChatContext) {}
    @OnAction(select) @OnAction(pick) both(_payload: Select) {}
    @OnAction([select, again]) twice(_payload: Select) {}
    @OnAction([select, 'other', /any/], { payload: Pick }) named(_payload: Pick) {}
    @OnAction('x', { payload: Move }) schema({ to }: { to: number }) {
      to.toFixed();
    }
    @OnAction('x', { payload: 'unchecked' }) unchecked(_payload: Count) {}
    @OnAction(select) protected guarded(_payload: Select) {}
    overloaded(payload: Select): void;
    overloaded(payload: Select, ctx: ChatContext): void;
    @OnAction(select)
    overloaded(_payload: Select, _ctx?: ChatContext) {}
  }
  expect(Controller).toBeDefined();
});

test('handlers whose parameters are decorated, of which the compiler sees the types alone', () => {
  class Controller {
    @OnAction(select) first(@Payload() _payload: Select, @Sender() _sender: WidgetItem | null) {}
    @OnAction(select) sender(@Sender() _sender: WidgetItem | null) {}
    @OnAction(select) surelySender(@Sender() _sender: WidgetItem, @Payload() _payload: Select) {}
    @OnAction(select) context(@Context() _ctx: ChatContext<Session>) {}
    @OnAction(select) action(@Action() _action: ActionRequest) {}
    @OnAction(select) thread(@Thread() _thread: ThreadMetadata, @Context() _ctx: ChatContext) {}
    @OnAction(select) signal(@Signal() _signal: AbortSignal) {}
    @OnAction(select) message(@UserMessage() _message: UserMessageItem | null) {}
    @OnAction(select) three(@UserId() _id: string, @Context() _ctx: ChatContext, @Payload() _p: Select) {}
    @OnAction(select) second(@UserId() _id: string, @Payload() _payload: Select) {}
    @OnAction(select) behind(@Context() _ctx: ChatContext, @UserId() _id: string) {}
    @OnAction(clear) own(@UserId() _id: string) {}
    @OnAction(clear) ownAndContext(@UserId() _id: string, @Context() _ctx: ChatContext) {}
    @OnAction(select.action) byName(@UserId() _id: string) {} // the way out: a name is not checked
  }
  expect(Controller).toBeDefined();
});

test('options that come from elsewhere are not known well enough to check', () => {
  const options: OnActionOptions = { payload: Select };
  class Controller {
    @OnAction('x', options) handle(_payload: Count) {}
    @OnAction('x') name(_payload: Count) {}
    @OnAction(/x/) pattern(_payload: Count) {}
    @OnAction(['x', /y/]) names(_payload: Count) {}
  }
  expect(Controller).toBeDefined();
});

test('handlers that do not take what their definition says do not compile', () => {
  const wrong = () => {
    class Controller {
      // @ts-expect-error the payload has an id
      @OnAction(select) other(_payload: Count) {}
      // @ts-expect-error the payload has an id
      @OnAction(select) otherWithContext(_payload: Count, _ctx: ChatContext) {}
      // @ts-expect-error the payload has an id
      @OnAction(select) optional(_payload?: Count) {}
      // @ts-expect-error the payload has an id
      @OnAction(select) async *generator(_payload: Count, _ctx: ChatContext<Session>) {}
      // @ts-expect-error the payload is no text
      @OnAction(select) text(_id: string) {}
      // @ts-expect-error the payload is an object
      @OnAction(select) context(_id: string, _ctx: unknown) {}
      // @ts-expect-error the payload has no colour
      @OnAction(select) narrower(_payload: Pick) {}
      // @ts-expect-error the schema makes it a number
      @OnAction(move) input(_payload: { id: string; to: string }) {}
      // @ts-expect-error one of the two has no colour
      @OnAction([select, pick]) both(_payload: Pick) {}
      // @ts-expect-error one of the two has no count
      @OnAction(['name', select]) mixed(_payload: Count) {}
      // @ts-expect-error the options say what it is
      @OnAction('x', { payload: Select }) named(_payload: Count) {}
      // @ts-expect-error the options say what it is
      @OnAction(count, { payload: Select }) overruled(_payload: Count) {}
      // @ts-expect-error the payload has an id
      @OnAction(select) protected guarded(_payload: Count) {}
      // @ts-expect-error there is no such option
      @OnAction(select, { synchronous: true }) option(_payload: Select) {}
    }
    return Controller;
  };
  expect(wrong).toBeDefined();
});
