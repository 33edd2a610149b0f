import type { EventDraft } from '../../context';
import type { Annotation, AssistantMessageContent, AssistantMessageItem } from '../../protocol';
import type { Conversion } from './conversion';
import { newHead, NONE, type Drafts } from './drafts';

/** A part of the message as written so far. */
interface Part {
  text: string;
  annotations: Annotation[];
}

/**
 * Writes one assistant message: the added event, its parts piece by piece, the done event. It adds events
 * that a server leaves out: the message is added before its first part, and a part before its first text.
 */
export class MessageWriter {
  private item: AssistantMessageItem | undefined;
  private readonly parts: Part[] = [];
  private isDone = false;

  constructor(private readonly conversion: Conversion) {}

  /** Whether the client has the message, and it is not done. */
  get isOpen(): boolean {
    return this.item !== undefined && !this.isDone;
  }

  /** Shows the message, after closing an open workflow. */
  open(content: readonly AssistantMessageContent[] = []): Drafts {
    if (this.item !== undefined) return NONE;
    const item = (this.item = {
      ...newHead(this.conversion, 'message'),
      type: 'assistant_message',
      content: [...content],
    });
    for (const { text, annotations } of content) this.parts.push({ text, annotations: [...annotations] });
    return [...this.conversion.workflow.end(), { type: 'thread.item.added', item }];
  }

  addPart(index: number, content: AssistantMessageContent): Drafts {
    const opened = this.open();
    this.parts[index] = { text: content.text, annotations: [...content.annotations] };
    return [
      ...opened,
      this.update({ type: 'assistant_message.content_part.added', content_index: index, content }),
    ];
  }

  append(index: number, delta: string): Drafts {
    const part = this.parts[index];
    if (part === undefined) return [...this.addPart(index, EMPTY), ...this.append(index, delta)];
    part.text += delta;
    return [this.update({ type: 'assistant_message.content_part.text_delta', content_index: index, delta })];
  }

  annotate(index: number, annotation: Annotation): Drafts {
    const part = this.parts[index];
    if (part === undefined) return [...this.addPart(index, EMPTY), ...this.annotate(index, annotation)];
    const annotation_index = part.annotations.push(annotation) - 1;
    return [
      this.update({
        type: 'assistant_message.content_part.annotation_added',
        content_index: index,
        annotation_index,
        annotation,
      }),
    ];
  }

  /**
   * Completes a part: with the given text, or as it was written. The event repeats its annotations, because
   * the client replaces the whole part.
   */
  finishPart(index: number, text?: string): Drafts {
    const part = this.parts[index];
    if (part === undefined) return this.addPart(index, { ...EMPTY, text: text ?? '' });
    part.text = text ?? part.text;
    const content = toContent(part);
    return [this.update({ type: 'assistant_message.content_part.done', content_index: index, content })];
  }

  /** Completes the message: with the given content, or as it was written. */
  finish(content?: readonly AssistantMessageContent[]): Drafts {
    if (this.isDone) return NONE;
    this.isDone = true;
    const item = this.item ?? { ...newHead(this.conversion, 'message'), type: 'assistant_message' };
    const complete = content ?? Array.from(this.parts, (part: Part | undefined) => toContent(part ?? EMPTY)); // some may be missing
    const ended = this.item === undefined ? this.conversion.workflow.end() : NONE;
    this.item ??= { ...item, content: [] };
    return [...ended, { type: 'thread.item.done', item: { ...item, content: [...complete] } }];
  }

  /** Completes a message of one part as it was written. */
  finishAsWritten(): Drafts {
    return [...(this.parts.length === 0 ? NONE : this.finishPart(0)), ...this.finish()];
  }

  private update(update: Extract<EventDraft, { type: 'thread.item.updated' }>['update']): EventDraft {
    return { type: 'thread.item.updated', item_id: this.item?.id ?? '', update };
  }
}

const EMPTY: AssistantMessageContent = Object.freeze({ type: 'output_text', text: '', annotations: [] });

function toContent({ text, annotations }: Part): AssistantMessageContent {
  return { type: 'output_text', text, annotations: [...annotations] };
}
