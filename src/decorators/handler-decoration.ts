import type { HandlerKind } from '../metadata';
import type { ContextCheck } from './context-check';
import type { StandardContext } from './decoration';
import type { AnyMethod, LegacyPayloadCheck, StandardPayloadCheck } from './payload-check';
import type { ResultCheck } from './result-check';

/**
 * A decorator for one kind of handlers, in both decorator systems. The method's parameters and result are
 * checked by requiring an extra type of methods that do not fit. The name of that type describes the mistake.
 *
 * The order matters: TypeScript 7 shows only what the last overload says. Under standard decorators only the
 * first one is tried, because the other takes three arguments.
 */
export interface HandlerDecoration<
  TKind extends HandlerKind,
  TName extends string = string,
  TPayload = unknown,
> {
  <T extends AnyMethod>(
    method: T & StandardPayloadCheck<T, TName, TPayload> & ContextCheck<T> & ResultCheck<T, TKind>,
    context: StandardContext<'method'>,
  ): void;
  <T extends AnyMethod>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<T> &
      LegacyPayloadCheck<T, TName, TPayload> &
      ContextCheck<T> &
      ResultCheck<T, TKind>,
  ): void;
}
