import type { ThreadItemUpdate, WidgetComponent, WidgetRoot } from '../protocol';

type TextDelta = Extract<ThreadItemUpdate, { type: 'widget.streaming_text.value_delta' }>;

/**
 * The updates that turn one state of a widget into the next. Text of `Text` and `Markdown`
 * components with an `id`, reached through lists of `children`, that grew by appending gives what was
 * appended, as long as nothing else changed; any other change gives the whole widget.
 *
 * @returns no update when the states are equal
 */
export function diffWidget(before: WidgetRoot, after: WidgetRoot): ThreadItemUpdate[] {
  const deltas: TextDelta[] = [];
  const onlyTextGrew = compareComponents(before, after, deltas);
  // With an id used twice the client could not tell which text grew.
  if (onlyTextGrew && deltas.every(({ component_id }) => countId(after, component_id) === 1)) return deltas;
  return [{ type: 'widget.root.updated', widget: after }];
}

function countId(node: unknown, id: string): number {
  if (!isRecord(node)) return 0;
  const here = node['id'] === id && typeof node['type'] === 'string' ? 1 : 0; // payloads have ids too
  return Object.values(node).reduce<number>((count, value) => count + countId(value, id), here);
}

function compareComponents(before: WidgetComponent, after: WidgetComponent, deltas: TextDelta[]): boolean {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const was = before[key] ?? undefined;
    const is = after[key] ?? undefined;
    if (was === is) continue;
    if (key === 'value' && isText(before) && isText(after) && after.value.startsWith(before.value)) {
      deltas.push({
        type: 'widget.streaming_text.value_delta',
        component_id: after.id,
        delta: after.value.slice(before.value.length),
        done: after['streaming'] !== true,
      });
    } else if (key === 'children' && Array.isArray(was) && Array.isArray(is)) {
      if (!compareChildren(was, is, deltas)) return false;
    } else if (!isSame(was, is)) {
      return false;
    }
  }
  return true;
}

function compareChildren(
  before: readonly unknown[],
  after: readonly unknown[],
  deltas: TextDelta[],
): boolean {
  if (before.length !== after.length) return false;
  return before.every((child, index) => {
    const next = after[index];
    return isRecord(child) && isRecord(next)
      ? compareComponents(child as WidgetComponent, next as WidgetComponent, deltas)
      : isSame(child, next);
  });
}

interface StreamedText extends WidgetComponent {
  id: string;
  value: string;
}

function isText(component: WidgetComponent): component is StreamedText {
  const { type, id } = component;
  return (
    (type === 'Text' || type === 'Markdown') &&
    typeof id === 'string' &&
    id !== '' &&
    typeof component['value'] === 'string'
  );
}

/** Equality of JSON values, where a key that is null or undefined is as good as absent. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b || ((a ?? undefined) === undefined && (b ?? undefined) === undefined)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((value, index) => isSame(value, b[index]));
  }
  if (!isRecord(a) || !isRecord(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => isSame(a[key], b[key]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
