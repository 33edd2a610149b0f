import { brand } from './brand';
import type { Issue } from './issues';
import { readMore } from './read-more';

/** The optional parts of a {@link DeveloperError}. */
export interface DeveloperErrorOptions {
  cause?: unknown;
  issues?: readonly Issue[];
}

/**
 * A mistake in the application's code: a problem and its fix. The text is never sent to the client, as
 * users have no use for it. It is logged with the class and method of the handler, and the client gets a
 * generic error (`stream.error` in a stream, 500 `internal_error` over HTTP).
 *
 * @example
 * catch (error) { if (error instanceof DeveloperError && error.code === 'run_ended') … }
 */
export class DeveloperError extends Error {
  static {
    brand(this, 'DeveloperError');
  }

  /** Stable, for programs to compare. */
  readonly code: string;
  /** What to change. Not enumerable: the message contains it, and a console would print it twice. */
  declare readonly fix: string;
  readonly issues: readonly Issue[] | undefined;

  constructor(code: string, problem: string, fix: string, options: DeveloperErrorOptions = {}) {
    super(readMore(`${problem} ${fix}`, code), 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'DeveloperError';
    this.code = code;
    Object.defineProperty(this, 'fix', { value: fix });
    this.issues = options.issues;
  }
}
