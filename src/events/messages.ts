import { EXPAND, type Composite } from '../context';
import { iterable } from './iterable';
import type { AssistantMessageOptions } from './items';
import type { AssistantMessageItem } from '../protocol';

/**
 * Streams an assistant message. If the client leaves before the end, the text so far is stored.
 *
 * @param deltas Pieces of text, in order.
 * @example
 * yield assistantMessageStream(model.stream(prompt));
 */
export function assistantMessageStream(
  deltas: AsyncIterable<string> | Iterable<string>,
  options: AssistantMessageOptions = {},
): Composite {
  return {
    async *[EXPAND](ctx) {
      const item: AssistantMessageItem = {
        id: ctx.store.generateId('message'),
        thread_id: ctx.thread.id,
        created_at: ctx.store.now(),
        type: 'assistant_message',
        content: [],
      };
      const at = { item_id: item.id, type: 'thread.item.updated' as const };
      yield { type: 'thread.item.added', item };
      yield {
        ...at,
        update: {
          type: 'assistant_message.content_part.added',
          content_index: 0,
          content: { type: 'output_text', text: '', annotations: [] },
        },
      };
      let text = '';
      for await (const delta of iterable(deltas, 'assistantMessageStream')) {
        if (delta === '') continue;
        text += delta;
        yield {
          ...at,
          update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta },
        };
      }
      const content = { type: 'output_text' as const, text, annotations: options.annotations ?? [] };
      yield { ...at, update: { type: 'assistant_message.content_part.done', content_index: 0, content } };
      yield { type: 'thread.item.done', item: { ...item, content: [content] } };
    },
  };
}
