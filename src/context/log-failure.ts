import { DeveloperError, notePlace, placeOf, readable } from '../errors';
import type { ChatContext } from './chat-context';
import type { Logger } from './logger';
import { RunContext } from './run-context';

/** Logs an error that is answered generically, with the action, class and method it came from. */
export function logFailure(
  logger: Logger,
  thrown: unknown,
  message: string,
  details: Record<string, unknown> = {},
): void {
  const error = readable(thrown);
  write(logger, error, message, { ...details, ...placeOf(error) });
}

/** The same for an error of the handler that runs in a context, whose log names that handler already. */
export function logHandlerFailure(ctx: ChatContext, thrown: unknown, message: string): void {
  const error = readable(thrown);
  noteHandler(error, ctx);
  const place = placeOf(error);
  const isNamed = place.where === undefined || (ctx instanceof RunContext && ctx.where === place.where);
  write(ctx.log, error, message, isNamed ? {} : { where: place.where });
}

/** Logs that the application's code asked for something that is not there, which the user is told without its id. */
export function logOwnLookup(logger: Logger, error: unknown, details: Record<string, unknown> = {}): void {
  const fix = 'Catch the NotFoundError, and do without or throw one with a text for the user.';
  logger.warn(
    { err: error, ...details, ...placeOf(error), code: 'not_found', fix },
    'a handler asked for what is not there',
  );
}

/** Notes the handler that runs in a context as the one that an error came from. The first note stays. */
export function noteHandler(error: unknown, ctx: ChatContext): void {
  if (ctx instanceof RunContext) notePlace(error, { requestId: ctx.requestId, ...ctx.place });
}

function write(logger: Logger, error: unknown, message: string, details: Record<string, unknown>): void {
  if (error instanceof DeveloperError) {
    const { code, fix } = error;
    logger.error({ err: error, ...details, code, fix }, error.message);
  } else logger.error({ err: error, ...details }, message);
}
