import { catchError, from, switchMap, throwError } from 'rxjs';
import type { RunContext } from '../context';
import { ConflictError } from '../errors';
import type { Handler } from './handler';

/**
 * Claims the action's single-use button, for all processes that share the store.
 *
 * @throws ConflictError `already_used` if another request has claimed it
 */
export async function claimButton(ctx: RunContext): Promise<void> {
  const { button } = ctx;
  if (button === undefined) return;
  const { key, alias, expiresAt } = button;
  const { store } = ctx.services;
  const use = { action: ctx.action?.type, requestId: ctx.requestId };
  const options = { expiresAt, threadId: ctx.threadId };
  if ((await store.putValue(ctx, key, use, { ...options, ifVersion: 0 })) === undefined) {
    throw new ConflictError('This button has been used already.', { code: 'already_used' });
  }
  button.claimed = true;
  try {
    if (alias !== undefined) await store.putValue(ctx, alias, use, options);
    ctx.lifetime.throwIfAborted();
  } catch (error) {
    await deleteUse(ctx); // the method has not been called
    throw error;
  }
}

/** Releases the button after an error, unless the run was stopped, since its work may be done. */
async function releaseButton(ctx: RunContext): Promise<void> {
  if (!ctx.aborted) await deleteUse(ctx);
}

async function deleteUse(ctx: RunContext): Promise<void> {
  const { button } = ctx;
  if (button?.claimed !== true) return;
  const { key, alias } = button;
  button.claimed = false;
  try {
    if (alias !== undefined) await ctx.services.store.deleteValue(ctx, alias);
    await ctx.services.store.deleteValue(ctx, key);
  } catch (error) {
    ctx.log.error({ err: error }, 'a single-use button could not be released');
  }
}

/** Releases the button when a stream ends with an error. */
export function releasingOnError(stream: Handler['stream']): Handler['stream'] {
  return (ctx, observe, toEvents) =>
    stream(ctx, observe, toEvents).pipe(
      catchError((error: unknown) => from(releaseButton(ctx)).pipe(switchMap(() => throwError(() => error)))),
    );
}

/** The same for a handler that returns one value. */
export function releasingOnReject(call: Handler['call']): Handler['call'] {
  return async (ctx, input) => {
    try {
      return await call(ctx, input);
    } catch (error) {
      await releaseButton(ctx);
      throw error;
    }
  };
}
