import { DeveloperError, notePlace, placeOf, readable } from '../errors';
import type { ChatContext } from './chat-context';
import type { Logger } from './logger';
import { RunContext } from './run-context';

/**
 * Logs an error of which the client gets a generic message, with the action, class and method where it
 * occurred.
 */
export function logFailure(
  logger: Logger,
  thrown: unknown,
  message: string,
  details: Record<string, unknown> = {},
): void {
  const error = readable(thrown);
  write(logger, error, message, { ...details, ...placeOf(error) });
}

/**
 * Like `logFailure`, for an error in the current handler of a context, whose log already names the handler.
 */
export function logHandlerFailure(ctx: ChatContext, thrown: unknown, message: string): void {
  const error = readable(thrown);
  noteHandler(error, ctx);
  const place = placeOf(error);
  const isNamed = place.where === undefined || (ctx instanceof RunContext && ctx.where === place.where);
  write(ctx.log, error, message, isNamed ? {} : { where: place.where });
}

/** Logs that the app asked for a record that does not exist. The user gets a message without its id. */
export function logOwnLookup(logger: Logger, error: unknown, details: Record<string, unknown> = {}): void {
  const fix =
    'Catch the NotFoundError, and continue without the record or throw an error with a text for the user.';
  logger.warn(
    { err: error, ...details, ...placeOf(error), code: 'not_found', fix },
    'a handler used an id that was not found, and did not catch the error',
  );
}

/** Records the context's current handler as the origin of an error. The first record is kept. */
export function noteHandler(error: unknown, ctx: ChatContext): void {
  if (ctx instanceof RunContext) notePlace(error, { requestId: ctx.requestId, ...ctx.place });
}

function write(logger: Logger, error: unknown, message: string, details: Record<string, unknown>): void {
  if (error instanceof DeveloperError) {
    const { code, fix } = error;
    logger.error({ err: error, ...details, code, fix }, error.message);
  } else logger.error({ err: error, ...details }, message);
}
