import { isRecord } from '../../protocol';
import { ModelError } from './model-error';

/** Endings of Chat Completions at which not all is said. */
const INCOMPLETE: ReadonlySet<string> = new Set(['length', 'content_filter']);

/**
 * The raw chunks of Chat Completions. The SDK takes whatever has come when their stream ends for the whole
 * answer, also where the server broke off without a word; the chunks say why it ended.
 */
export class ChatChunks {
  private hasBegun = false;
  private reason: string | undefined;

  /** What the model thinks in a chunk; nothing in most. */
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
   * The response is over.
   * @throws ModelError where its last chunk says that it is not complete, or there was none
   */
  end(): void {
    const { hasBegun, reason } = this;
    this.hasBegun = false;
    this.reason = undefined;
    if (!hasBegun) return;
    if (reason === undefined) throw new ModelError('model_cut_off', 'The answer ended without an end.');
    if (INCOMPLETE.has(reason))
      throw new ModelError('model_incomplete', `The answer is incomplete: ${reason}.`);
  }
}
