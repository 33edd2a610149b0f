import type { JsonObject } from '../language';
import { itemsOf, requestOf, threadIn, type Comparison, type Rule } from './rule';

/** The first item among the events that says that it is another thread's. */
function foreignItem({ expected: { reply, state }, exchange }: Comparison): number {
  const thread = threadIn(state, exchange) ?? state.threads.at(-1);
  return (reply.events ?? []).findIndex(({ item }) => {
    const id = (item as JsonObject | undefined)?.['thread_id'];
    return id !== undefined && id !== thread?.['id'];
  });
}

export const foreign: Rule[] = [
  {
    name: 'an item belongs to its thread',
    apply(comparison) {
      const { expected, exchange, memory } = comparison;
      const at = foreignItem(comparison);
      if (at < 0) return;
      const after = expected.reply.events!.splice(at);
      const allow_retry = requestOf(exchange).type !== 'threads.custom_action';
      expected.reply.events!.push({ type: 'error', code: 'stream.error', allow_retry });
      const ids = after.map(({ item }) => (item as JsonObject | undefined)?.['id']);
      const thread = threadIn(expected.state, exchange) ?? expected.state.threads.at(-1);
      thread!['items'] = itemsOf(thread).filter(({ id }) => !ids.includes(id));
      memory.parted = true;
    },
  },
  {
    name: 'metadata of threads is never sent',
    apply({ expected: { reply } }) {
      for (const event of reply.events ?? []) {
        const thread = event['thread'] as JsonObject | undefined;
        if (thread !== undefined && 'metadata' in thread) thread['metadata'] = {};
      }
    },
  },
];
