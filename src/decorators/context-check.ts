import type { ChatContext, RequestContext } from '../context';

/** Required of a method that does not fit, so that the compiler's message shows the declared type. */
interface RequestContextIsRegisteredAs<TContext> {
  readonly registered: TContext;
}

/** Whether a parameter is a context with a type other than the one that the app declares. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-arguments -- `Register` changes the default
type IsForeign<TParameter> = [TParameter] extends [ChatContext<unknown>]
  ? [ChatContext] extends [TParameter]
    ? false
    : true
  : false;

type HasForeign<TArgs extends readonly unknown[]> = {
  [I in keyof TArgs]: IsForeign<TArgs[I]>;
}[number];

/**
 * `object` if all context parameters of the method, in any position, have the type that `Register` declares.
 * Without a declaration any type is allowed.
 */
export type ContextCheck<TMethod extends (...args: never[]) => unknown> = unknown extends RequestContext
  ? object
  : true extends HasForeign<Required<Parameters<TMethod>>>
    ? RequestContextIsRegisteredAs<RequestContext>
    : object;
