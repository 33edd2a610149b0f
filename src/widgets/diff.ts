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
  /** Whether a change inside a component with an `id` may be sent as that component. */
  componentUpdates?: boolean | undefined;
}

export type WidgetUpdate = Extract<ThreadItemUpdate, { type: `widget.${string}` }>;

/** What changed inside of something; undefined where that itself changed. */
type Changes = readonly WidgetUpdate[] | undefined;
const NO_CHANGES: Changes = [];

/**
 * The updates that turn one state of a widget into the next. Text of `Text` and `Markdown`
 * components with an `id`, reached through lists of `children`, that grew by appending gives what was
 * appended, as long as nothing else changed; any other change gives the whole widget.
 *
 * With `componentUpdates` a change gives the smallest components with an `id` that hold all of it,
 * beside the texts that grew elsewhere, or what lies around them where that is shorter.
 *
 * @returns no update when the states are equal; none that lies inside another
 */
export function diffWidget(
  before: WidgetRoot,
  after: WidgetRoot,
  { componentUpdates = false }: DiffOptions = {},
): readonly WidgetUpdate[] {
  // Where nothing but texts may change, both states have the same ids.
  const rules = { componentUpdates, isUnique: uniqueIn(componentUpdates ? [before, after] : [after]) };
  return shorter(changesInside(before, after, rules), { type: 'widget.root.updated', widget: after });
}

interface Rules {
  readonly componentUpdates: boolean;
  /** Whether a client finds a component by this id, whatever it has applied of the updates so far. */
  readonly isUnique: (id: string) => boolean;
}

/**
 * Whether an id is that of one component only in each state. With both it is so, too, while some
 * components are in the one already, and the others still in the other.
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

/** The changes inside a component, or all of it. What only lets texts grow is not weighed up. */
function shorter(inside: Changes, whole: WidgetUpdate): readonly WidgetUpdate[] {
  if (inside === undefined) return [whole];
  const onlyText = inside.every(({ type }) => type === 'widget.streaming_text.value_delta');
  return onlyText || bytesOf(inside) <= bytesOf([whole]) ? inside : [whole];
}

/** Room for what an event takes beside its update: the id of the item, of any usual length. */
const ENVELOPE_BYTES = 64;

function bytesOf(updates: readonly WidgetUpdate[]): number {
  const events = updates.map((update) => writeEvent({ type: 'thread.item.updated', item_id: '', update }));
  return new TextEncoder().encode(events.join('')).length + events.length * ENVELOPE_BYTES;
}
