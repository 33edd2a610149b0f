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

function toConsole(method: 'warn' | 'error'): LogMethod {
  return (details, message) => {
    console[method](`chatkit: ${message}`, details);
  };
}

const quiet: LogMethod = () => undefined;

/** The default: warnings and errors on the console, nothing else. */
export const consoleLogger: Logger = Object.freeze({
  debug: quiet,
  info: quiet,
  warn: toConsole('warn'),
  error: toConsole('error'),
});

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
