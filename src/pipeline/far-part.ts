import type { RunContext } from '../context';
import type { ThreadStreamEvent } from '../protocol';

/** Logs that an update is dropped. */
export function warnOfFarPart(event: ThreadStreamEvent, ctx: RunContext): void {
  ctx.log.warn(
    {
      code: 'part_too_far',
      itemId: 'item_id' in event ? event.item_id : undefined,
      fix: 'Number the parts of a message (content_index) from 0, without gaps.',
    },
    'an update is dropped: its content_index is more than 100 after the last part',
  );
}
