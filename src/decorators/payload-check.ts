import type { ChatContext } from '../context';
import type { Injected } from '../metadata';

// Whether a handler takes its payload, as far as the compiler can tell. Under legacy decorators it
// does not see those of parameters: what could be a method with decorated parameters passes here, and
// is checked at startup.

export type AnyMethod = (...args: never[]) => unknown;

/** Asked of a method that does not fit, so that its name stands in the compiler's message. */
interface FirstParameterMustTakeThePayloadOf<TName extends string, TPayload> {
  readonly action: TName;
  readonly payload: TPayload;
}

type Takes<TArgs extends readonly unknown[], TPayload> = unknown extends TPayload
  ? true
  : TArgs extends readonly []
    ? true
    : [TPayload] extends [TArgs[0]]
      ? true
      : false;

/** Whether its second parameter is not the context, as that of an undecorated method always is. */
type HasOtherSecond<TSecond> = [TSecond] extends [ChatContext]
  ? false
  : [ChatContext<never>] extends [TSecond]
    ? false
    : true;

/** Whether the parameters look like such that decorators fill. */
type MayBeDecorated<TArgs extends readonly unknown[]> = [TArgs[0]] extends [Injected]
  ? true
  : TArgs extends readonly [unknown?]
    ? false
    : TArgs extends readonly [unknown?, unknown?]
      ? HasOtherSecond<Required<TArgs>[1]>
      : true;

/** `unknown` for a method that may be the handler, else what the compiler shows. */
export type LegacyPayloadCheck<TMethod extends AnyMethod, TName extends string, TPayload> = [
  TPayload,
] extends [undefined]
  ? unknown // Whatever it takes may come from a decorator of the application's own.
  : true extends Takes<Parameters<TMethod>, TPayload> | MayBeDecorated<Parameters<TMethod>>
    ? unknown
    : FirstParameterMustTakeThePayloadOf<TName, TPayload>;

/** TC39 has no parameter decorators, so that nothing is left to guess. */
export type StandardPayloadCheck<TMethod extends AnyMethod, TName extends string, TPayload> =
  Takes<Parameters<TMethod>, TPayload> extends true
    ? unknown
    : FirstParameterMustTakeThePayloadOf<TName, TPayload>;
