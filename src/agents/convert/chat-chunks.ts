import { isRecord } from '../../protocol';
import { ModelError } from './model-error';

/** Values of `finish_reason` in Chat Completions for an incomplete answer. */
const INCOMPLETE: ReadonlySet<string> = new Set(['length', 'content_filter']);

/**
 * Reads the raw chunks of Chat Completions. When their stream ends, the SDK takes what has arrived as the
 * whole answer, even if the connection broke; the chunks say why the answer ended.
 */
export class ChatChunks {
  private hasBegun = false;
  private reason: string | undefined;

  /** Returns the reasoning text of a chunk; empty for most. */
  take(chunk: unknown): string {
    const choices = isRecord(chunk) ? chunk['choices'] : undefined;
    if (!Array.isArray(choices)) return '';
    this.hasBegun = true;
    const choice: unknown = choices[0];
    if (!isRecord(choice)) return '';
    const { delta, finish_reason: reason } = choice;
    if (typeof reason === 'string') this.reason = reason;
    const thought = isRecord(delta) ? delta['reasoning_content'] : undefined;
    return typeof thought === 'string' ? thought : '';
  }

  /**
   * Must be called when the response is over.
   * @throws ModelError if the last chunk says that the answer is not complete, or no chunk said why it ended
   */
  end(): void {
    const { hasBegun, reason } = this;
    this.hasBegun = false;
    this.reason = undefined;
    if (!hasBegun) return;
    if (reason === undefined) throw new ModelError('model_cut_off', 'The stream broke off before its end.');
    if (INCOMPLETE.has(reason))
      throw new ModelError('model_incomplete', `The answer is incomplete: ${reason}.`);
  }
}
