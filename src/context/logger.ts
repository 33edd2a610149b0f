import { held, holdPromises } from '../errors';

type LogMethod = (details: Record<string, unknown>, message: string) => void;

/** Where the framework logs; a pino logger fits as it is. */
export interface Logger {
  debug: LogMethod;
  info: LogMethod;
  warn: LogMethod;
  error: LogMethod;
  /** A logger that adds `bindings` to every line; without it the framework adds them itself. */
  child?(bindings: Record<string, unknown>): Logger;
}

function toConsole(method: 'info' | 'warn' | 'error'): LogMethod {
  return (details, message) => {
    console[method](`chatkit: ${message}`, details);
  };
}

const quiet: LogMethod = () => undefined;

/** The default: all but `debug` on the console. */
export const consoleLogger: Logger = Object.freeze({
  debug: quiet,
  info: toConsole('info'),
  warn: toConsole('warn'),
  error: toConsole('error'),
});

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/**
 * The same logger, in all but that it never throws, nor rejects: a line that it cannot write, since something in it
 * cannot be read, is written with the plain values alone.
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
  // Defined, and not assigned: the logger may be frozen.
  return Object.create(logger, Object.getOwnPropertyDescriptors(methods)) as Logger;
}

/** Some loggers write to a service, and answer with a promise. */
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
    // It writes nothing at all, and there is no other log.
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
