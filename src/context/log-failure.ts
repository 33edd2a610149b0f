import { DeveloperError, readable, whereOf } from '../errors';
import type { ChatContext } from './chat-context';
import type { Logger } from './logger';
import { RunContext } from './run-context';

/** Logs an error that is answered generically, with the class and method it came from. */
export function logFailure(
  logger: Logger,
  thrown: unknown,
  message: string,
  details: Record<string, unknown> = {},
): void {
  const error = readable(thrown);
  const where = whereOf(error);
  const place = where === undefined ? details : { ...details, where };
  if (error instanceof DeveloperError) {
    const { code, fix } = error;
    logger.error({ err: error, ...place, code, fix }, error.message);
  } else logger.error({ err: error, ...place }, message);
}

/** The class and method of the handler that runs in a context, as `ItemController.select`. */
export function handlerIn(ctx: ChatContext): string | undefined {
  return ctx instanceof RunContext ? ctx.where : undefined;
}
