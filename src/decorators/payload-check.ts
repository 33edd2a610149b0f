import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { ChatContext } from '../context';
import type { PayloadType } from '../metadata';
import type { ActionRequest, ThreadMetadata, UserMessageItem, WidgetItem } from '../protocol';
import type { ActionLink } from '../widgets';
import type { StandardContext } from './decoration';

// Whether a handler takes its payload, as far as the compiler can tell. Under legacy decorators it
// does not see those of parameters: what could be a method with decorated parameters passes here, and
// is checked at boot.

type AnyMethod = (...args: never[]) => unknown;

/** What parameter decorators of this package put into a parameter. */
type Injected =
  | ChatContext
  | WidgetItem
  | ThreadMetadata
  | ActionRequest
  | UserMessageItem
  | AbortSignal
  | null
  | undefined;

/** What makes a fitting method of an unfitting one's type; its name is the compiler's message. */
type Unfit<TName extends string, TPayload> = Record<
  `The first parameter has to take the payload of ${TName}, whose type is`,
  TPayload
>;

type IsContext<T> = [T] extends [ChatContext] ? true : [ChatContext<never>] extends [T] ? true : false;

/** `(payload, ctx)` is all that an undecorated method receives. */
type MayBeDecorated<TArgs extends readonly unknown[]> = TArgs extends readonly []
  ? true
  : [TArgs[0]] extends [Injected]
    ? true
    : TArgs extends readonly [unknown?, unknown?]
      ? TArgs extends readonly [unknown?]
        ? false
        : IsContext<Required<TArgs>[1]> extends true
          ? false
          : true
      : true;

type TakesFirst<TArgs extends readonly unknown[], TPayload> = [TPayload] extends [TArgs[0]] ? true : false;

/** `unknown` for a method that may be the handler, else what the compiler shows. */
type Legacy<TMethod extends AnyMethod, TName extends string, TPayload> = unknown extends TPayload
  ? unknown
  : [TPayload] extends [undefined]
    ? unknown // What it takes has to come from decorators of the application's own.
    : TakesFirst<Parameters<TMethod>, TPayload> extends true
      ? unknown
      : MayBeDecorated<Parameters<TMethod>> extends true
        ? unknown
        : Unfit<TName, TPayload>;

/** TC39 has no parameter decorators, so that nothing is left to guess. */
type Standard<TMethod extends AnyMethod, TName extends string, TPayload> = unknown extends TPayload
  ? unknown
  : Parameters<TMethod> extends readonly []
    ? unknown
    : TakesFirst<Parameters<TMethod>, TPayload> extends true
      ? unknown
      : Unfit<TName, TPayload>;

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
type Linked<T> = T extends ActionLink<infer I, infer O, infer N> ? O : never;

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
