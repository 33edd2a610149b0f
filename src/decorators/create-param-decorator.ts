import type { ChatContext, TakesContext } from '../context';
import type { ParameterDecoration } from './decoration';
import { fills } from './params';

type DataArguments<T> = undefined extends T ? [data?: T] : [data: T];

/**
 * Makes a parameter decorator of one's own. `resolve` receives what the decorator was given and the
 * context; a promise that it returns is awaited, and what it throws is the handler's error.
 *
 * @param name for error messages.
 * @throws TypeError when `resolve` is no function.
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
