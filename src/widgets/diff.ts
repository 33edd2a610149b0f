import {
  countIds,
  isComponent,
  writeEvent,
  type ThreadItemUpdate,
  type WidgetComponent,
  type WidgetRoot,
} from '../protocol';
import { everyProp, hasToJson, isSame } from './is-same';
import { textDelta } from './text-delta';

export interface DiffOptions {
  /** Whether a change inside a component with an `id` may be sent as an update of that component. */
  componentUpdates?: boolean | undefined;
}

export type WidgetUpdate = Extract<ThreadItemUpdate, { type: `widget.${string}` }>;

/** The changes inside a value, or undefined if the value itself changed. */
type Changes = readonly WidgetUpdate[] | undefined;
const NO_CHANGES: Changes = [];

/**
 * Returns the updates that turn one state of a widget into the next. If the only changes are appended text in
 * `Text` and `Markdown` components with an `id`, reachable through lists of `children`, the updates contain
 * the appended text. Any other change sends the whole widget.
 *
 * With `componentUpdates`, a change sends the smallest components with an `id` that contain it, together with
 * text appended elsewhere. If the enclosing component is shorter to send, it is sent instead.
 *
 * @returns an empty list when the states are equal. No update lies inside another.
 */
export function diffWidget(
  before: WidgetRoot,
  after: WidgetRoot,
  { componentUpdates = false }: DiffOptions = {},
): readonly WidgetUpdate[] {
  // If only texts may change, both states have the same ids.
  const rules = { componentUpdates, isUnique: uniqueIn(componentUpdates ? [before, after] : [after]) };
  return shorter(changesInside(before, after, rules), { type: 'widget.root.updated', widget: after });
}

interface Rules {
  readonly componentUpdates: boolean;
  /** Whether a client finds the right component by this id, however many of the updates it has applied. */
  readonly isUnique: (id: string) => boolean;
}

/**
 * Whether exactly one component has the id in each state. If that holds for both states, it also holds while
 * a client has applied only some of the updates.
 */
function uniqueIn(states: readonly WidgetRoot[]): (id: string) => boolean {
  let counts: ReadonlyMap<string, number>[] | undefined;
  return (id) => {
    counts ??= states.map(countIds);
    return counts.every((ids) => ids.get(id) === 1);
  };
}

function changesInside(before: WidgetComponent, after: WidgetComponent, rules: Rules): Changes {
  if (hasToJson(before) || hasToJson(after)) return isSame(before, after) ? NO_CHANGES : undefined;
  let updates = NO_CHANGES;
  everyProp(before, after, (key, was, is) => {
    if (was === is) return true;
    const delta = key === 'value' ? textDelta(before, after) : undefined;
    if (delta !== undefined) {
      updates = rules.isUnique(delta.component_id) ? both(updates, [delta]) : undefined;
    } else if (key === 'children') {
      updates = both(updates, changesOfChildren(was, is, rules));
    } else if (!isSame(was, is)) {
      updates = undefined;
    }
    return updates !== undefined;
  });
  return updates;
}

function changesOfChildren(before: unknown, after: unknown, rules: Rules): Changes {
  if (!Array.isArray(before) || !Array.isArray(after)) {
    if (rules.componentUpdates) return changesOfChild(before, after, rules);
    return isSame(before, after) ? NO_CHANGES : undefined;
  }
  if (before.length !== after.length) return undefined;
  let updates = NO_CHANGES;
  before.every((child: unknown, index) => {
    updates = both(updates, changesOfChild(child, after[index], rules));
    return updates !== undefined;
  });
  return updates;
}

function changesOfChild(before: unknown, after: unknown, rules: Rules): Changes {
  if (!isComponent(before) || !isComponent(after)) return isSame(before, after) ? NO_CHANGES : undefined;
  const inside = changesInside(before, after, rules);
  if (!rules.componentUpdates || inside?.length === 0) return inside;
  const { id } = after;
  const isFound = typeof id === 'string' && id !== '' && id === before.id && rules.isUnique(id);
  if (!isFound) return inside;
  return shorter(inside, { type: 'widget.component.updated', component_id: id, component: after });
}

function both(some: Changes, more: Changes): Changes {
  if (some === undefined || more === undefined) return undefined;
  if (more.length === 0) return some;
  return some.length === 0 ? more : [...some, ...more];
}

/**
 * Returns the changes inside a component or the whole component, whichever is shorter. If only text was
 * appended, the sizes are not compared.
 */
function shorter(inside: Changes, whole: WidgetUpdate): readonly WidgetUpdate[] {
  if (inside === undefined) return [whole];
  const onlyText = inside.every(({ type }) => type === 'widget.streaming_text.value_delta');
  return onlyText || bytesOf(inside) <= bytesOf([whole]) ? inside : [whole];
}

/** Allowance for what an event needs beside its update, mainly the item's id. */
const ENVELOPE_BYTES = 64;

function bytesOf(updates: readonly WidgetUpdate[]): number {
  const events = updates.map((update) => writeEvent({ type: 'thread.item.updated', item_id: '', update }));
  return new TextEncoder().encode(events.join('')).length + events.length * ENVELOPE_BYTES;
}
