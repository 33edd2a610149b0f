/**
 * Where an application declares, once, what its `context(req)` returns. `ctx.requestContext` then has
 * that type in handlers, guards, interceptors, filters, parameter decorators and containers, and the
 * option `context` must return it.
 *
 * The declaration holds for the whole program. Without one `ctx.requestContext` is `unknown`, and each
 * function may name a type of its own: `ChatContext<User>`.
 *
 * @example
 * declare module 'chatkit-controllers' {
 *   interface Register {
 *     requestContext: User;
 *   }
 * }
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- applications fill it
export interface Register {}

/** What `context(req)` returns, as {@link Register} declares it; `unknown` without a declaration. */
export type RequestContext = Register extends { requestContext: infer T } ? T : unknown;

/**
 * A function of the application that takes a context. Where {@link Register} says what the context
 * holds, the function must take it; elsewhere it may name any type: methods are compared loosely.
 */
export type TakesContext<TArgs extends readonly unknown[], TResult> = unknown extends RequestContext
  ? { loosely(...args: TArgs): TResult }['loosely']
  : (...args: TArgs) => TResult;
