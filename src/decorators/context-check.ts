import type { ChatContext, RequestContext } from '../context';

/** Asked of a method that does not fit, so that the declared type stands in the compiler's message. */
interface RequestContextIsRegisteredAs<TContext> {
  readonly registered: TContext;
}

/** Whether a parameter is a context of another type than the one that the application declares. */
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
 * Nothing more than an object for a method whose contexts, wherever they stand among its parameters, have the type that
 * `Register` declares; without a declaration they may have any.
 */
export type ContextCheck<TMethod extends (...args: never[]) => unknown> = unknown extends RequestContext
  ? object
  : true extends HasForeign<Required<Parameters<TMethod>>>
    ? RequestContextIsRegisteredAs<RequestContext>
    : object;
