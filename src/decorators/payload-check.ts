import type { ChatContext } from '../context';
import type { Injected } from '../metadata';

// Checks at compile time whether a handler accepts its payload. With legacy decorators the compiler does not
// see parameter decorators, so a method whose parameters may be decorated passes here and is checked at
// startup.

export type AnyMethod = (...args: never[]) => unknown;

/** Required of a method that does not fit, so that the compiler's message shows this name. */
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

/** Whether the second parameter is not the context, as it always is in an undecorated method. */
type HasOtherSecond<TSecond> = [TSecond] extends [ChatContext]
  ? false
  : [ChatContext<never>] extends [TSecond]
    ? false
    : true;

/** Whether the parameters may be decorated. */
type MayBeDecorated<TArgs extends readonly unknown[]> = [TArgs[0]] extends [Injected]
  ? true
  : TArgs extends readonly [unknown?]
    ? false
    : TArgs extends readonly [unknown?, unknown?]
      ? HasOtherSecond<Required<TArgs>[1]>
      : true;

/** `unknown` for a method that may be the handler, otherwise the type that the compiler shows. */
export type LegacyPayloadCheck<TMethod extends AnyMethod, TName extends string, TPayload> = [
  TPayload,
] extends [undefined]
  ? unknown // Its parameters may have custom decorators of the app.
  : true extends Takes<Parameters<TMethod>, TPayload> | MayBeDecorated<Parameters<TMethod>>
    ? unknown
    : FirstParameterMustTakeThePayloadOf<TName, TPayload>;

/** TC39 has no parameter decorators, so the check is exact. */
export type StandardPayloadCheck<TMethod extends AnyMethod, TName extends string, TPayload> =
  Takes<Parameters<TMethod>, TPayload> extends true
    ? unknown
    : FirstParameterMustTakeThePayloadOf<TName, TPayload>;
