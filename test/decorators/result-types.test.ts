/* eslint-disable @typescript-eslint/no-empty-function, @typescript-eslint/no-unused-vars, @typescript-eslint/no-unsafe-return -- these members are there for their decorators */
import { expectTypeOf } from 'expect-type';
import { map, of, type Observable } from 'rxjs';
import {
  assistantMessage,
  assistantMessageStream,
  clientEffect,
  defineAction,
  done,
  hiddenContext,
  OnAction,
  OnFeedback,
  OnMessage,
  OnStreamCancelled,
  OnTranscribe,
  replace,
  respond,
  StreamOptions,
  widget,
  type ActionDefinition,
  type EventDraft,
  type HandlerEvent,
  type HandlerResult,
  type ThreadItem,
  type ThreadStreamEvent,
  type WidgetItem,
  type WidgetRoot,
} from 'chatkit-controllers';
import { Basic, Card, ListView, Text } from 'chatkit-controllers/widgets';

const card = Card({ children: [Text({ value: 'Hi' })] });
const message = assistantMessage('Hi');
const select = defineAction('select');
const star = defineAction('star', { sync: true });
const sometimes = Math.random() > 2;
declare const item: ThreadItem;
declare const sender: WidgetItem;
declare const template: { build(data: object): WidgetRoot };
declare const foreign: AsyncIterable<ThreadStreamEvent>;
declare const untyped: ReturnType<typeof JSON.parse>;

test('streaming handlers return events, one or many, now or later, or nothing', () => {
  class Controller {
    @OnMessage() nothing() {}
    @OnMessage() async nothingLater() {}
    @OnMessage() one() {
      return message;
    }
    @OnMessage() async later() {
      return message;
    }
    @OnMessage() maybe() {
      return sometimes ? message : undefined;
    }
    @OnMessage() async maybeLater(): Promise<EventDraft | null> {
      return sometimes ? widget(card) : null;
    }
    @OnMessage() several() {
      return [message, hiddenContext('x'), respond('Go on.')];
    }
    @OnMessage() promises() {
      return [message, Promise.resolve(clientEffect('done'))];
    }
    @OnMessage() stream() {
      return assistantMessageStream(['a', 'b']);
    }
    @OnMessage() *generator() {
      yield message;
      if (sometimes) return;
      yield [message, widget(card)];
      yield Promise.resolve(message);
      yield undefined;
    }
    @OnMessage() async *asynchronous() {
      yield message;
      yield assistantMessageStream(['a']);
      yield this.generator2();
      yield* this.generator2();
    }
    async *generator2() {
      yield message;
    }
    @OnMessage() observable(): Observable<EventDraft> {
      return of(message);
    }
    @OnMessage() piped() {
      return of('a', 'b').pipe(map((text) => assistantMessage(text)));
    }
    @OnMessage() observableOrNothing() {
      return sometimes ? of(message, [message], undefined) : undefined;
    }
    @OnMessage() events(): AsyncIterable<ThreadStreamEvent> {
      return foreign;
    }
    @OnMessage() anything(): HandlerResult {
      return message;
    }
    @OnMessage() byHand() {
      return { type: 'progress_update', text: 'Working' } satisfies EventDraft;
    }
    @OnMessage() fails() {
      throw new Error('never called');
    }
    @OnMessage() any() {
      return untyped;
    }
    @OnAction('x') protected protectedOne() {
      return message;
    }
    @OnAction(select) private async *privateOne(): AsyncGenerator<HandlerEvent> {
      yield message;
    }
    uses() {
      return [this.privateOne];
    }
    overloaded(text: string): EventDraft;
    overloaded(text: unknown): EventDraft | undefined;
    @OnAction('y') overloaded(_text: unknown) {
      return message;
    }
  }
  expect(Controller).toBeDefined();
});

test('sync actions return a widget, an item, what replace() makes, or nothing', () => {
  class Controller {
    @OnAction('a', { sync: true }) nothing() {}
    @OnAction('a', { sync: true }) card() {
      return card;
    }
    @OnAction('a', { sync: true }) async list() {
      return ListView({ children: [] });
    }
    @OnAction('a', { sync: true }) basic() {
      return Basic({ children: [] });
    }
    @OnAction('a', { sync: true }) template() {
      return template.build({});
    }
    @OnAction('a', { sync: true }) byHand() {
      return { type: 'Card', children: [{ type: 'Text', value: 'Hi' }] };
    }
    @OnAction('a', { sync: true }) item() {
      return item;
    }
    @OnAction('a', { sync: true }) async changed() {
      return sometimes ? { ...sender, widget: card } : undefined;
    }
    @OnAction('a', { sync: true }) replaced() {
      return replace(sender, card);
    }
    @OnAction('a', { sync: true }) change() {
      return replace(sender, (current) => ({ ...current, size: 'sm' }));
    }
    @OnAction(star) linked() {
      return card;
    }
    @OnAction([star, 'b']) protected protectedOne() {
      return null;
    }
  }
  expect(Controller).toBeDefined();
});

test('the other handlers return what their kind is for', () => {
  class Controller {
    @OnFeedback() feedback() {}
    @OnFeedback() async feedbackLater() {}
    @OnStreamCancelled() cancelled() {}
    @OnStreamCancelled() async cancelledLater() {}
    @OnTranscribe() text() {
      return 'Hello';
    }
    @OnTranscribe() async textLater() {
      return { text: 'Hello', confidence: 1 };
    }
    @StreamOptions() options() {
      return { allow_cancel: sometimes };
    }
    @StreamOptions() protected async optionsLater() {
      return { allow_cancel: true };
    }
  }
  expect(Controller).toBeDefined();
});

test('what is returned otherwise does not compile', () => {
  const wrong = () => {
    class Events {
      // @ts-expect-error a number is no event
      @OnMessage() five() {
        return 5;
      }
      // @ts-expect-error text is no event
      @OnMessage() text() {
        return 'Hello';
      }
      // @ts-expect-error one of the two is text
      @OnAction('x') async textLater() {
        return sometimes ? message : 'Hello';
      }
      // @ts-expect-error a bare component
      @OnMessage() bare() {
        return card;
      }
      // @ts-expect-error a bare widget
      @OnAction(select) built() {
        return template.build({});
      }
      // @ts-expect-error one bare component among events
      @OnMessage() *yielded() {
        yield message;
        yield card;
      }
      // @ts-expect-error text is no event
      @OnMessage() async *texts() {
        yield 'Hello';
      }
      // @ts-expect-error an item that is not wrapped in done()
      @OnMessage() item() {
        return item;
      }
      // @ts-expect-error numbers are no events
      @OnMessage() observable() {
        return of(1, 2);
      }
      // @ts-expect-error a boolean is no event
      @OnMessage() boolean() {
        return true;
      }
      // @ts-expect-error it may be anything
      @OnMessage() unknown(): unknown {
        return message;
      }
      // @ts-expect-error a generator's end is not sent
      @OnMessage() *returned() {
        if (sometimes) return message;
        yield message;
      }
      // @ts-expect-error a generator's end is not sent
      @OnMessage() async *returnedLater() {
        yield message;
        return done({ type: 'end_of_turn' });
      }
      // @ts-expect-error a function is no event
      @OnMessage() notCalled() {
        return assistantMessage;
      }
      // @ts-expect-error a number is no event
      @OnMessage() private privateOne() {
        return 5;
      }
      // @ts-expect-error a number is no event
      @OnAction('x') protected protectedOne() {
        return 5;
      }
    }
    class Sync {
      // @ts-expect-error an event is no widget
      @OnAction('a', { sync: true }) event() {
        return message;
      }
      // @ts-expect-error a generator is no widget
      @OnAction('a', { sync: true }) *generator() {
        yield card;
      }
      // @ts-expect-error there is one widget
      @OnAction('a', { sync: true }) several() {
        return [card];
      }
      // @ts-expect-error an event, where the definition is a sync one
      @OnAction(star) linked() {
        return message;
      }
      // @ts-expect-error text is no event
      @OnAction(star) async text() {
        return 'Hello';
      }
    }
    class Others {
      // @ts-expect-error nobody gets it
      @OnFeedback() feedback() {
        return message;
      }
      // @ts-expect-error it would never run
      @OnFeedback() async *generator() {}
      // @ts-expect-error nobody gets it
      @OnStreamCancelled() async cancelled() {
        return message;
      }
      // @ts-expect-error it has to be text
      @OnTranscribe() transcribe() {}
      // @ts-expect-error it has to be text
      @OnTranscribe() async bytes() {
        return new Uint8Array();
      }
      // @ts-expect-error there are no options
      @StreamOptions() nothing() {}
      // @ts-expect-error the field has another name
      @StreamOptions() options() {
        return { allowCancel: true };
      }
    }
    return [Events, Sync, Others];
  };
  expect(wrong).toBeDefined();
});

test('a definition says of which kind it is, and what takes any definition takes both', () => {
  expectTypeOf(select.sync).toEqualTypeOf<false>();
  expectTypeOf(star.sync).toEqualTypeOf<true>();
  const definitions: ActionDefinition<undefined>[] = [select, star];
  expect(definitions).toHaveLength(2);
});

test('where the kind is not known, either answer compiles', () => {
  const sync = sometimes;
  class Controller {
    @OnAction('a', { sync }) card() {
      return card;
    }
    @OnAction('a', { sync }) event() {
      return message;
    }
  }
  expect(Controller).toBeDefined();
});
