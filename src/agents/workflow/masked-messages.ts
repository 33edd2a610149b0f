import type { ChatContext } from '../../context';
import { isRecord, type ThreadItem } from '../../protocol';

/** The messages of a thread that a guardrail has masked, by their ids: no later turn may read what they hid. */
export type MaskedMessages = Readonly<Record<string, string>>;

/** So many are kept: a thread is read no further back by default. */
const MOST = 100;

const keyOf = ({ thread }: ChatContext): string => `agents.masked.${thread.id}`;

export async function loadMasked(ctx: ChatContext): Promise<MaskedMessages> {
  const stored = await ctx.store.getValue(keyOf(ctx));
  return isRecord(stored?.value) ? (stored.value as MaskedMessages) : {};
}

export async function keepMasked(ctx: ChatContext, messageId: string, text: string): Promise<void> {
  const others = Object.entries(await loadMasked(ctx)).filter(([id]) => id !== messageId);
  await ctx.store.putValue(keyOf(ctx), Object.fromEntries([...others, [messageId, text]].slice(-MOST)));
}

/** The items with the texts of those that were masked. */
export function withMasks(items: readonly ThreadItem[], masked: MaskedMessages): ThreadItem[] {
  return items.map((item) => {
    const text = masked[item.id];
    if (text === undefined || item.type !== 'user_message') return item;
    return { ...item, content: [{ type: 'input_text', text }] };
  });
}

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
