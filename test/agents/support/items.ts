import type { ThreadItem } from '../../../src/protocol';

type Draft<T> = T extends ThreadItem ? Omit<T, 'id' | 'thread_id' | 'created_at'> & { id?: string } : never;

let count = 0;

/** A whole item of a thread. */
export function item(draft: Draft<ThreadItem>): ThreadItem {
  count += 1;
  const head = { id: `item_${String(count)}`, thread_id: 'thr_1', created_at: '2026-01-01T00:00:00.000Z' };
  return { ...head, ...draft };
}

export function userSays(text: string, more: object = {}): ThreadItem {
  return item({
    type: 'user_message',
    content: [{ type: 'input_text', text }],
    attachments: [],
    inference_options: {},
    ...more,
  });
}

export function assistantSays(...texts: string[]): ThreadItem {
  return item({
    type: 'assistant_message',
    content: texts.map((text) => ({ type: 'output_text', text, annotations: [] })),
  });
}
