/**
 * Declares, once for the app, what its `context(req)` returns. `ctx.requestContext` then has that type in
 * handlers, guards, interceptors, filters, parameter decorators and containers, and the option `context` must
 * return it.
 *
 * The declaration applies to the whole program. Without it, `ctx.requestContext` is `unknown`, and each
 * function may name its own type: `ChatContext<User>`.
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
 * A function of the app that takes a context. If {@link Register} declares the context's type, the function
 * must accept it. Otherwise the function may name any type, since methods are compared bivariantly.
 */
export type TakesContext<TArgs extends readonly unknown[], TResult> = unknown extends RequestContext
  ? { loosely(...args: TArgs): TResult }['loosely']
  : (...args: TArgs) => TResult;
