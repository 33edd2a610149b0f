import type { RunContext } from '../context';
import type { ThreadStreamEvent } from '../protocol';

/** Says that an update is dropped. */
export function warnOfFarPart(event: ThreadStreamEvent, ctx: RunContext): void {
  ctx.log.warn(
    {
      code: 'part_too_far',
      itemId: 'item_id' in event ? event.item_id : undefined,
      fix: 'Number the parts of a message (content_index) from 0 on, without gaps.',
    },
    'an update of a part more than 100 behind the last one of its message is neither kept nor sent',
  );
}
