import { consoleLogger, type Logger } from '../context';

/** One line that the app logged. */
export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly details: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** A logger that keeps its lines. It can also print errors to the console, as they show why a test failed. */
export class RecordedLog implements Logger {
  readonly lines: LogLine[] = [];
  readonly debug = this.at('debug');
  readonly info = this.at('info');
  readonly warn = this.at('warn');
  readonly error = this.at('error');

  constructor(private readonly printErrors: boolean) {}

  private at(level: LogLine['level']): Logger['info'] {
    return (details, message) => {
      this.lines.push({ level, details, message });
      if (level === 'error' && this.printErrors) consoleLogger.error(details, message);
    };
  }
}
