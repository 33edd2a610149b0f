import { Fault } from './fault';
import {
  isFloat,
  isNumber,
  isText,
  Markup,
  plainText,
  toNumber,
  Tuple,
  tuple,
  typeName,
  Undefined,
  View,
  type Value,
} from './values';

type Bound = Value | undefined;

/** `value[start:stop:step]` of text, lists and tuples. */
export function slice(value: Value, start: Bound, stop: Bound, step: Bound): Value {
  if (value instanceof Undefined) return value.fail();
  if (isText(value)) {
    const text = pick(Array.from(plainText(value)), start, stop, step).join('');
    return value instanceof Markup ? new Markup(text) : text;
  }
  if (value instanceof View && value.type === 'range') {
    const items = pick(value.items, start, stop, step);
    return new View('range', items, describeRange(items));
  }
  if (!Array.isArray(value)) throw new Fault(`'${typeName(value)}' object has no slices`);
  const items = pick(value as readonly Value[], start, stop, step);
  return value instanceof Tuple ? tuple(...items) : items;
}

const describeRange = (items: readonly Value[]): string => `range(${items.map(String).join(', ')})`;

export function pick<T>(items: readonly T[], start: Bound, stop: Bound, step: Bound): T[] {
  const by = sliceIndex(step) ?? 1;
  if (by === 0) throw new Fault('slice step cannot be zero');
  const [lowest, highest] = by > 0 ? [0, items.length] : [-1, items.length - 1];
  const clamp = (index: number): number =>
    Math.min(highest, Math.max(lowest, index < 0 ? index + items.length : index));
  const from = sliceIndex(start);
  const to = sliceIndex(stop);
  const end = to === undefined ? (by > 0 ? highest : lowest) : clamp(to);
  const chosen: T[] = [];
  for (
    let index = from === undefined ? (by > 0 ? lowest : highest) : clamp(from);
    by > 0 ? index < end : index > end;
    index += by
  ) {
    chosen.push(items[index] as T);
  }
  return chosen;
}

function sliceIndex(bound: Bound): number | undefined {
  if (bound === undefined || bound === null) return undefined;
  if (bound instanceof Undefined) return bound.fail();
  if (isNumber(bound) && !isFloat(bound)) return toNumber(bound);
  throw new Fault('slice indices must be integers or None');
}
