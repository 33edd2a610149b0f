import type { GeneratedImage, GeneratedImageItem } from '../../protocol';
import { chain, type Awaitable } from '../../store';
import type { Conversion } from './conversion';
import { newHead, NONE, type Drafts } from './drafts';
import type { OutputWriter } from './output-writer';
import type { ResponseEvent } from './response-event';

/** Shows an image that the model generates: first empty, then its partial images, then the image. */
export class ImageOutput implements OutputWriter {
  readonly kind = 'image';
  private item: GeneratedImageItem | undefined;
  private isDone = false;
  private readonly imageId: string;

  constructor(private readonly conversion: Conversion) {
    this.imageId = conversion.newId('image');
  }

  take(event: ResponseEvent): Awaitable<Drafts> {
    switch (event.type) {
      case 'response.output_item.added':
        return this.open().events;
      case 'response.image_generation_call.partial_image':
        return this.showPartial(event);
      case 'response.output_item.done':
        return this.complete(event.item?.result);
      default:
        return NONE;
    }
  }

  /** Removes the item if the image never came. */
  finish(): Drafts {
    const { item } = this;
    if (item === undefined || this.isDone) return NONE;
    this.isDone = true;
    return [{ type: 'thread.item.removed', item_id: item.id }];
  }

  /** @param base64 the image; if it is missing, the item is removed */
  complete(base64: unknown): Awaitable<Drafts> {
    if (typeof base64 !== 'string' || base64 === '') return this.finish();
    const item = this.item ?? this.newItem();
    return chain(this.image(base64), (image) => {
      this.isDone = true;
      this.item = { ...item, image };
      return [{ type: 'thread.item.done', item: this.item }];
    });
  }

  private showPartial({
    partial_image_b64: base64,
    partial_image_index: index = 0,
  }: ResponseEvent): Awaitable<Drafts> {
    if (typeof base64 !== 'string') return NONE;
    const { item, events } = this.open();
    const progress = this.conversion.hooks.partialImageIndexToProgress(index);
    return chain(this.image(base64, index), (image) => [
      ...events,
      {
        type: 'thread.item.updated',
        item_id: item.id,
        update: { type: 'generated_image.updated', image, progress },
      },
    ]);
  }

  private open(): { item: GeneratedImageItem; events: Drafts } {
    if (this.item !== undefined) return { item: this.item, events: NONE };
    const item = (this.item = this.newItem());
    return { item, events: [{ type: 'thread.item.added', item }] };
  }

  private newItem(): GeneratedImageItem {
    return { ...newHead(this.conversion, 'image'), type: 'generated_image' };
  }

  private image(base64: string, partialIndex?: number): Awaitable<GeneratedImage> {
    const id = this.imageId;
    return chain(this.conversion.hooks.base64ImageToUrl(id, base64, partialIndex), (url) => ({ id, url }));
  }
}
