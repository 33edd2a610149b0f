import { brand } from './brand';
import type { Issue } from './issues';
import { readMore } from './read-more';

/** What a {@link DeveloperError} tells besides its problem and fix. */
export interface DeveloperErrorOptions {
  cause?: unknown;
  issues?: readonly Issue[];
}

/**
 * A mistake in the application's code: a problem and its fix. Users have no use for either, so the text
 * never leaves the server: it is logged with the class and method of the handler, and the client is
 * told only that something failed (`stream.error`, over HTTP 500 `internal_error`).
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
  /** What to change. Not enumerable: the message has it, and a console would print it twice. */
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
