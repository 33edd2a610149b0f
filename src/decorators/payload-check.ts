import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { ChatContext } from '../context';
import type { Injected, PayloadType } from '../metadata';
import type { ActionLink } from '../widgets';
import type { StandardContext } from './decoration';

// Whether a handler takes its payload, as far as the compiler can tell. Under legacy decorators it
// does not see those of parameters: what could be a method with decorated parameters passes here, and
// is checked at boot.

type AnyMethod = (...args: never[]) => unknown;

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
type Legacy<TMethod extends AnyMethod, TName extends string, TPayload> = [TPayload] extends [undefined]
  ? unknown // Whatever it takes may come from a decorator of the application's own.
  : true extends Takes<Parameters<TMethod>, TPayload> | MayBeDecorated<Parameters<TMethod>>
    ? unknown
    : FirstParameterMustTakeThePayloadOf<TName, TPayload>;

/** TC39 has no parameter decorators, so that nothing is left to guess. */
type Standard<TMethod extends AnyMethod, TName extends string, TPayload> =
  Takes<Parameters<TMethod>, TPayload> extends true
    ? unknown
    : FirstParameterMustTakeThePayloadOf<TName, TPayload>;

/** A decorator for methods that take `TPayload`, in both decorator systems. */
export interface HandlerDecoration<TName extends string, TPayload> {
  <T extends AnyMethod>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<T> & Legacy<T, TName, TPayload>,
  ): void;
  <T extends AnyMethod>(method: T & Standard<T, TName, TPayload>, context: StandardContext<'method'>): void;
}

/** What a handler receives that is checked by this type. */
type Checked<T> = T extends StandardSchemaV1
  ? StandardSchemaV1.InferOutput<T>
  : T extends abstract new (...args: never[]) => infer I
    ? I
    : unknown;

// eslint-disable-next-line @typescript-eslint/no-unused-vars -- only the output is asked for
type Linked<T> = T extends ActionLink<infer _Input, infer O, infer _Name> ? O : never;

/**
 * What the handler of these patterns receives: what the options say, else what the links do. Names
 * and RegExps alone say nothing.
 */
export type PayloadOf<TPattern, TType extends PayloadType> = [TType] extends [never]
  ? [Linked<TPattern>] extends [never]
    ? unknown
    : Linked<TPattern>
  : Checked<TType>;

/** For messages. */
export type NameOf<TPattern> = TPattern extends { readonly action: infer N extends string }
  ? N
  : TPattern extends string
    ? TPattern
    : 'the action';
