import { brand } from '../../errors';
import type { ErrorEvent } from '../../protocol';
import type { ChatResult } from './result';

/**
 * A run that ended with an error event, where `throwOnError` asks for it. `result` holds what came before
 * it, `cause` what the app logged: the error that the handler threw.
 *
 * @example
 * await assert.rejects(chat.send('hello', { throwOnError: true }), ChatRunError);
 */
export class ChatRunError extends Error {
  static {
    brand(this, 'ChatRunError');
  }

  /** Stable, for programs to compare. The app's own code is in `event`. */
  readonly code = 'run_failed';

  constructor(
    /** The event as the client read it. */
    readonly event: ErrorEvent,
    /** What came of the run. */
    readonly result: ChatResult,
  ) {
    const cause = result.logs.findLast(({ level }) => level === 'error')?.details['err'];
    super(`The run ended with the error "${event.code}": ${event.message ?? 'without a message'}`, { cause });
    this.name = 'ChatRunError';
  }
}
