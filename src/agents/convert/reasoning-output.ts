import type { Conversion } from './conversion';
import { NONE, type Drafts } from './drafts';
import type { OutputWriter } from './output-writer';
import type { ResponseEvent, ResponseOutput } from './response-event';
import { ThoughtWriter } from './thought-writer';

/** Shows the summaries of a model's reasoning. The reasoning itself is not for users. */
export class ReasoningOutput implements OutputWriter {
  readonly kind = 'reasoning';
  private readonly writer: ThoughtWriter;
  private hasThoughts = false;

  constructor(conversion: Conversion) {
    this.writer = new ThoughtWriter(conversion);
  }

  take(event: ResponseEvent): Drafts {
    const index = event.summary_index ?? 0;
    switch (event.type) {
      case 'response.output_item.added':
        return this.writer.open();
      case 'response.reasoning_summary_text.delta':
        this.hasThoughts = true;
        return typeof event.delta === 'string' ? this.writer.append(index, event.delta) : NONE;
      case 'response.reasoning_summary_text.done':
        this.hasThoughts = true;
        return this.writer.finish(index, event.text ?? undefined);
      case 'response.output_item.done':
        return this.hasThoughts ? NONE : this.takeWhole(event.item);
      default:
        return NONE;
    }
  }

  finish(): Drafts {
    return NONE;
  }

  /** Some servers do not stream the summaries. */
  private takeWhole(item: ResponseOutput | undefined): Drafts {
    const thoughts = item?.summary ?? [];
    return thoughts.flatMap(({ text }, index) => this.writer.finish(index, text));
  }
}
