import type { ChatContext } from '../../context';
import { isRecord } from '../../protocol';
import { keepMasked } from './thread-notes';

/** The text of a turn's message in the workflow's input, where a guardrail may mask it in place. */
export class Masking {
  private readonly original: string;
  private kept: string;

  constructor(
    private readonly ctx: ChatContext,
    private readonly messageId: string | undefined,
    private readonly input: unknown,
    private readonly fallback: string,
  ) {
    this.original = this.kept = this.text;
  }

  get text(): string {
    const { input } = this;
    const text = isRecord(input) ? input['input_as_text'] : undefined;
    return typeof text === 'string' ? text : this.fallback;
  }

  /** Whether a text is that of the message, original or masked. */
  isMessage(text: string): boolean {
    return text === this.text || text === this.original;
  }

  /** Stores the masked text, if it has changed. */
  async keep(): Promise<void> {
    const { text, messageId } = this;
    if (text === this.kept || messageId === undefined) return;
    this.kept = text;
    await keepMasked(this.ctx, messageId, text);
  }
}
