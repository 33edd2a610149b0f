import { brand } from '../../errors';
import type { ErrorEvent } from '../../protocol';
import type { ChatResult } from './result';

/**
 * A run ended with an error event, and `throwOnError` is set. `result` contains what came before it; `cause`
 * is the error that the app logged, such as the one that the handler threw.
 *
 * @example
 * await assert.rejects(chat.send('hello', { throwOnError: true }), ChatRunError);
 */
export class ChatRunError extends Error {
  static {
    brand(this, 'ChatRunError');
  }

  /** Stable, for comparisons in code. The app's own error code is in `event`. */
  readonly code = 'run_failed';

  constructor(
    /** The event as the client read it. */
    readonly event: ErrorEvent,
    /** The result of the run. */
    readonly result: ChatResult,
  ) {
    const cause = result.logs.findLast(({ level }) => level === 'error')?.details['err'];
    super(`The run ended with the error "${event.code}": ${event.message ?? 'without a message'}`, { cause });
    this.name = 'ChatRunError';
  }
}
