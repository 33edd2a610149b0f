/* Two streams, the same from every server: one of many text deltas, one that stays open. */
export const DELTAS = 2000;

export const textOf = (number) => `word ${String(number)} `;

export const added = (thread_id) => ({
  type: 'thread.item.added',
  item: {
    id: 'msg_long',
    thread_id,
    created_at: '2025-01-01T00:00:00.000Z',
    type: 'assistant_message',
    content: [],
  },
});

export const delta = (number) => ({
  type: 'thread.item.updated',
  item_id: 'msg_long',
  update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: textOf(number) },
});
