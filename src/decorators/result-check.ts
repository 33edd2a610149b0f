import type { HandlerResult, Subscribable, SyncResult } from '../context';
import type { HandlerKind } from '../metadata';
import type { StreamOptions, WidgetComponent } from '../protocol';
import type { AnyComponent } from '../widgets';

// Checks at compile time whether a handler returns a supported value. Startup finds generators that must
// return one value. Other wrong results are errors after the handler has run.

/** Required of a method that does not fit, so that the compiler's message shows what it should return. */
interface MethodMustReturn<TWhat extends string, TGot> {
  readonly what: TWhat;
  readonly got: TGot;
}

interface Kind<TResult, TWhat extends string> {
  readonly result: TResult;
  readonly what: TWhat;
}
type Events = Kind<HandlerResult, 'one or more events, such as assistantMessage(…), or nothing'>;
type Nothing = Kind<void | null | undefined | PromiseLike<void | null | undefined>, 'nothing'>;
type Text = string | { readonly text: string };

/** The results of each kind of handler. */
interface Kinds extends Record<HandlerKind, Kind<unknown, string>> {
  action: Events;
  message: Events;
  sync_action: Kind<SyncResult, 'a widget, an item, the result of replace(…), or nothing'>;
  feedback: Nothing;
  stream_cancelled: Nothing;
  transcribe: Kind<Text | PromiseLike<Text>, 'the text'>;
  stream_options: Kind<StreamOptions | PromiseLike<StreamOptions>, '{ allow_cancel: boolean }'>;
}

/** The values that a method returns or yields. */
type HandedOut<T> =
  T extends PromiseLike<infer V>
    ? HandedOut<V>
    : T extends Iterable<infer V> | AsyncIterable<infer V> | Subscribable<infer V>
      ? V
      : T;

type IsBareWidget<T> = T extends AnyComponent
  ? true
  : string extends keyof T // any component, as templates build it
    ? T extends WidgetComponent
      ? true
      : never
    : never;

/** What a method of this kind should return. It names the most frequent mistake. */
type What<TKind extends HandlerKind, TGot> = Kinds[TKind] extends Events
  ? [IsBareWidget<HandedOut<TGot>>] extends [never]
    ? Kinds[TKind]['what']
    : 'widget(…) around the component'
  : Kinds[TKind]['what'];

/** `unknown` for a method with a supported result, otherwise the type that the compiler shows. */
export type ResultCheck<TMethod extends (...args: never[]) => unknown, TKind extends HandlerKind> = [
  ReturnType<TMethod>,
] extends [Kinds[TKind]['result']]
  ? unknown
  : MethodMustReturn<What<TKind, ReturnType<TMethod>>, ReturnType<TMethod>>;
