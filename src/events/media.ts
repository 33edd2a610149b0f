import type { EventDraft } from '../context';
import { generateId } from '../store';

/** A generated image, complete. */
export function image(url: string, options: { id?: string } = {}): EventDraft {
  return {
    type: 'thread.item.done',
    item: { type: 'generated_image', image: { id: options.id ?? generateId('image'), url } },
  };
}

/** Marks that the assistant's turn is over, where more items would be expected. */
export function endOfTurn(): EventDraft {
  return { type: 'thread.item.done', item: { type: 'end_of_turn' } };
}
