import type { ChatContext } from '../../context';
import { isRecord } from '../../protocol';
import { keepMasked } from './thread-notes';

/** The text of a turn's message, as the workflow has it: a guardrail may mask it in the input, in place. */
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

  /** Whether an item of the workflow's history says the message. */
  isMessage(text: string): boolean {
    return text === this.text || text === this.original;
  }

  /** Keeps what was masked, where something was. */
  async keep(): Promise<void> {
    const { text, messageId } = this;
    if (text === this.kept || messageId === undefined) return;
    this.kept = text;
    await keepMasked(this.ctx, messageId, text);
  }
}
