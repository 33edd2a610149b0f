import type { EventDraft } from '../context';
import { generateId } from '../store';

/** Sends a complete generated image. */
export function image(url: string, options: { id?: string } = {}): EventDraft {
  return {
    type: 'thread.item.done',
    item: { type: 'generated_image', image: { id: options.id ?? generateId('image'), url } },
  };
}

/** Marks the end of the assistant's turn, when the user could expect more items. */
export function endOfTurn(): EventDraft {
  return { type: 'thread.item.done', item: { type: 'end_of_turn' } };
}
