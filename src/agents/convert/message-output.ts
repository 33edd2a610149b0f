import { chain, type Awaitable } from '../../store';
import { toAnnotation, toContent, toContents } from './annotations';
import type { Conversion } from './conversion';
import { NONE, type Drafts } from './drafts';
import { MessageWriter } from './message-writer';
import type { OutputWriter } from './output-writer';
import type { ResponseEvent } from './response-event';

/** Writes a message: text, refusals and citations. A refusal is streamed like text. */
export class MessageOutput implements OutputWriter {
  readonly kind = 'message';
  private readonly writer: MessageWriter;

  constructor(private readonly conversion: Conversion) {
    this.writer = new MessageWriter(conversion);
  }

  take(event: ResponseEvent): Awaitable<Drafts> {
    const { writer } = this;
    const { hooks } = this.conversion;
    const index = event.content_index ?? 0;
    switch (event.type) {
      case 'response.output_text.delta':
      case 'response.refusal.delta':
        return typeof event.delta === 'string' ? writer.append(index, event.delta) : NONE;
      case 'response.output_text.done':
        return writer.finishPart(index, event.text ?? undefined);
      case 'response.refusal.done':
        return writer.finishPart(index, event.refusal ?? undefined);
      case 'response.output_text.annotation.added':
        return chain(toAnnotation(event.annotation, hooks), (annotation) =>
          annotation === null ? NONE : writer.annotate(index, annotation),
        );
      case 'response.content_part.added':
        if (!event.part) return NONE;
        return chain(toContent(event.part, hooks), (content) => writer.addPart(index, content));
      case 'response.output_item.added':
        return chain(toContents(event.item?.content, hooks), (content) => writer.open(content));
      case 'response.output_item.done':
        return chain(toContents(event.item?.content, hooks), (content) =>
          writer.finish(content.length > 0 ? content : undefined),
        );
      default:
        return NONE;
    }
  }

  finish(): Drafts {
    return this.writer.isOpen ? this.writer.finish() : NONE;
  }
}
