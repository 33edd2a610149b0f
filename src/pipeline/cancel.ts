import type { RunContext } from '../context';
import type { ThreadItem } from '../protocol';
import { now } from './complete';
import { hasText } from './pending-items';
import { saveItem } from './persist';

/**
 * What is done by default when a stream is cut off: assistant messages are kept as far as they had
 * come, and a note tells the model not to take up the answer again.
 */
export async function keepWhatThereIs(pending: readonly ThreadItem[], ctx: RunContext): Promise<void> {
  for (const item of pending) {
    if (item.type === 'assistant_message' && hasText(item)) await saveItem(item, ctx);
  }
  await saveItem(
    {
      id: ctx.services.generateId('sdk_hidden_context'),
      thread_id: ctx.thread.id,
      created_at: now(),
      type: 'sdk_hidden_context',
      content: 'The user stopped the answer above before it was complete. Do not continue it unasked.',
    },
    ctx,
  );
}
