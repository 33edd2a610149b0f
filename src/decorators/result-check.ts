import type { HandlerResult, Subscribable, SyncResult } from '../context';
import type { HandlerKind } from '../metadata';
import type { StreamOptions, WidgetComponent } from '../protocol';
import type { AnyComponent } from '../widgets';

// Whether a handler returns what is made something of, as far as the compiler can tell. Startup looks for
// generators that answer with one value; what else slips through is an error when the handler has run.

/** Asked of a method that does not fit, so that what it should return stands in the compiler's message. */
interface MethodMustReturn<TWhat extends string, TGot> {
  readonly what: TWhat;
  readonly got: TGot;
}

interface Kind<TResult, TWhat extends string> {
  readonly result: TResult;
  readonly what: TWhat;
}
type Events = Kind<HandlerResult, 'an event, as assistantMessage(…) makes one, or several, or nothing'>;
type Nothing = Kind<void | null | undefined | PromiseLike<void | null | undefined>, 'nothing'>;
type Text = string | { readonly text: string };

/** What the methods of each kind return. */
interface Kinds extends Record<HandlerKind, Kind<unknown, string>> {
  action: Events;
  message: Events;
  sync_action: Kind<SyncResult, 'a widget, an item, what replace(…) makes, or nothing'>;
  feedback: Nothing;
  stream_cancelled: Nothing;
  transcribe: Kind<Text | PromiseLike<Text>, 'the text'>;
  stream_options: Kind<StreamOptions | PromiseLike<StreamOptions>, '{ allow_cancel: boolean }'>;
}

/** What a method hands out, one by one. */
type HandedOut<T> =
  T extends PromiseLike<infer V>
    ? HandedOut<V>
    : T extends Iterable<infer V> | AsyncIterable<infer V> | Subscribable<infer V>
      ? V
      : T;

type IsBareWidget<T> = T extends AnyComponent
  ? true
  : string extends keyof T // any component at all, as templates build it
    ? T extends WidgetComponent
      ? true
      : never
    : never;

/** What a method of this kind should return, and by name what is forgotten most. */
type What<TKind extends HandlerKind, TGot> = Kinds[TKind] extends Events
  ? [IsBareWidget<HandedOut<TGot>>] extends [never]
    ? Kinds[TKind]['what']
    : 'widget(…) around the component'
  : Kinds[TKind]['what'];

/** `unknown` for a method that returns what handlers of its kind do, else what the compiler shows. */
export type ResultCheck<TMethod extends (...args: never[]) => unknown, TKind extends HandlerKind> = [
  ReturnType<TMethod>,
] extends [Kinds[TKind]['result']]
  ? unknown
  : MethodMustReturn<What<TKind, ReturnType<TMethod>>, ReturnType<TMethod>>;
