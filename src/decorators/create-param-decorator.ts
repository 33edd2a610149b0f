import type { ChatContext, TakesContext } from '../context';
import type { ParameterDecoration } from './decoration';
import { fills } from './params';

type DataArguments<T> = undefined extends T ? [data?: T] : [data: T];

/**
 * Creates a custom parameter decorator. `resolve` gets the decorator's argument and the context. A promise
 * that it returns is awaited, and an error that it throws is an error of the handler.
 *
 * @param name The decorator's name, for error messages.
 * @throws TypeError when `resolve` is not a function.
 * @example
 * const UserId = createParamDecorator((_data, ctx: ChatContext<{ userId: string }>) => ctx.requestContext.userId);
 *
 * `@OnAction('cart.clear')`
 * clear(`@UserId()` userId: string) { … }
 */
export function createParamDecorator<TData = undefined>(
  resolve: TakesContext<[data: TData, ctx: ChatContext], unknown>,
  name?: string,
): (...args: DataArguments<TData>) => ParameterDecoration {
  if (typeof resolve !== 'function') {
    throw new TypeError(`createParamDecorator: the resolver must be a function, got ${typeof resolve}.`);
  }
  const decorator = `@${name ?? (resolve.name === '' ? 'a parameter decorator' : resolve.name)}`;
  return (...[data]) =>
    fills(decorator, {
      kind: 'custom',
      decorator,
      resolve: (ctx) => resolve(data as TData, ctx),
    });
}
