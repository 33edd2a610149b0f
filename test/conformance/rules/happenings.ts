import { isHiddenType } from '../../../src/protocol';
import type { Json, JsonObject, Step } from '../language';
import { requestOf, type Comparison } from './rule';

/** What happens in a run: an event, or a step of the handler that the client does not see. */
export type Happening = { event: JsonObject } | { step: Step };

export const isHidden = (item: unknown): boolean => isHiddenType((item as JsonObject)['type'] as string);

/**
 * The handler's steps and the reference's events side by side. A hidden item that is done has no event
 * there: it is put where its step is.
 */
export function happenings({ expected, exchange }: Comparison): Happening[] {
  const theirs = expected.reply.events ?? [];
  const all: Happening[] = [];
  let next = 0;
  const takeTo = (end: number): void => {
    for (; next < Math.min(end, theirs.length); next += 1) all.push({ event: theirs[next]! });
  };
  const opening = theirs.findIndex(({ type }) => type === 'stream_options');
  const isAnswer = requestOf(exchange).type === 'threads.add_structured_input';
  takeTo(opening + (isAnswer ? 2 : 1));
  for (const step of 'send' in exchange ? (exchange.handler ?? []) : []) {
    if ('throw' in step) break;
    const own = emittedBy(step);
    if (own === undefined) all.push({ step });
    else if (own.type === 'thread.item.done' && isHidden(own.item ?? {}))
      all.push({ event: { type: own.type, item: own.item! } });
    else {
      const found = theirs.findIndex((event, index) => index >= next && isOf(own, event));
      if (found >= 0) takeTo(found + 1);
      else if (own.type !== 'thread.item.updated') break;
    }
  }
  takeTo(theirs.length);
  return all;
}

interface Emitted {
  type: string;
  item?: JsonObject;
  item_id?: string;
  name?: string;
  /** Of a kind of item whose id the server makes. */
  kind?: string;
}

/** The event, or the last event, of a step. */
function emittedBy(step: Step): Emitted | undefined {
  if ('emit' in step) return step.emit as unknown as Emitted;
  if ('tell' in step) return { type: 'client_effect', name: step.tell };
  if ('pause' in step) return { type: 'progress_update' };
  return 'widgets' in step ? { type: 'thread.item.done', kind: 'widget' } : undefined;
}

function isOf(own: Emitted, event: JsonObject): boolean {
  const item = event['item'] as JsonObject | undefined;
  if (own.type !== event['type']) return false;
  if (own.kind !== undefined) return own.kind === item?.['type'] && (item['id'] as string).startsWith('<');
  if (own.type === 'client_effect') return own.name === event['name'];
  // Of another part is another update: those of parts far beyond the end are gone by now.
  if (partOf(own as unknown as JsonObject) !== partOf(event)) return false;
  return (own.item?.['id'] ?? own.item_id) === (item?.['id'] ?? event['item_id']);
}

/** Which part of a message an update is about. */
function partOf({ update }: JsonObject): Json | undefined {
  return (update as JsonObject | undefined)?.['content_index'];
}
