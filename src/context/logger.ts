import { held, holdPromises } from '../errors';

type LogMethod = (details: Record<string, unknown>, message: string) => void;

/** The logger that the framework writes to. A pino logger fits without an adapter. */
export interface Logger {
  debug: LogMethod;
  info: LogMethod;
  warn: LogMethod;
  error: LogMethod;
  /**
   * Returns a logger that adds `bindings` to every line. If it is missing, the framework adds them itself.
   */
  child?(bindings: Record<string, unknown>): Logger;
}

function toConsole(method: 'info' | 'warn' | 'error'): LogMethod {
  return (details, message) => {
    console[method](`chatkit: ${message}`, details);
  };
}

const quiet: LogMethod = () => undefined;

/** The default logger: writes every level except `debug` to the console. */
export const consoleLogger: Logger = Object.freeze({
  debug: quiet,
  info: toConsole('info'),
  warn: toConsole('warn'),
  error: toConsole('error'),
});

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/**
 * Wraps a logger so that it never throws or rejects. If a line cannot be written because a value in it cannot
 * be read, it is written again with only the primitive values.
 */
export function safeLogger(logger: Logger): Logger {
  const methods: Partial<Logger> = {};
  for (const level of LEVELS) {
    methods[level] = (details, message) => {
      if ('err' in details) holdPromises(details['err']);
      try {
        write(logger, level, details, message);
      } catch (error) {
        holdPromises(error);
        writePlain(logger, level, details, message);
      }
    };
  }
  if (logger.child !== undefined) {
    methods.child = (bindings) => safeLogger(logger.child?.(bindings) ?? logger);
  }
  // Defined instead of assigned, since the logger may be frozen.
  return Object.create(logger, Object.getOwnPropertyDescriptors(methods)) as Logger;
}

/** Some loggers write to a service and return a promise, whose rejection is handled here. */
function write(
  logger: Logger,
  level: (typeof LEVELS)[number],
  details: Record<string, unknown>,
  message: string,
): void {
  const method: (this: Logger, details: Record<string, unknown>, message: string) => unknown = logger[level];
  held(method.call(logger, details, message));
}

function writePlain(
  logger: Logger,
  level: (typeof LEVELS)[number],
  details: Record<string, unknown>,
  message: string,
): void {
  const plain = Object.entries(details).filter(([, value]) => typeof value !== 'object');
  try {
    write(logger, level, Object.fromEntries(plain), message);
  } catch (error) {
    holdPromises(error);
    // The logger cannot write at all, and there is no other log.
  }
}

/** A logger that adds `bindings` to every line of `logger`. */
export function childLogger(logger: Logger, bindings: Record<string, unknown>): Logger {
  if (logger.child !== undefined) return logger.child(bindings);
  const bound =
    (level: 'debug' | 'info' | 'warn' | 'error'): LogMethod =>
    (details, message) => {
      logger[level]({ ...bindings, ...details }, message);
    };
  return { debug: bound('debug'), info: bound('info'), warn: bound('warn'), error: bound('error') };
}
