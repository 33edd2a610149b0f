import { JinjaError } from '../jinja-error';
import {
  characters,
  isFloat,
  isNumber,
  isSimple,
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
    const text = pickText(plainText(value), start, stop, step);
    return value instanceof Markup ? new Markup(text) : text;
  }
  if (value instanceof View && value.type === 'range') {
    const items = pick(value.items, start, stop, step);
    return new View('range', items, describeRange(items));
  }
  if (!Array.isArray(value)) throw new JinjaError(`'${typeName(value)}' object has no slices`);
  const items = pick(value as readonly Value[], start, stop, step);
  return value instanceof Tuple ? tuple(...items) : items;
}

const describeRange = (items: readonly Value[]): string => `range(${items.map(String).join(', ')})`;

export function pick<T>(items: readonly T[], start: Bound, stop: Bound, step: Bound): T[] {
  const [from, to, by] = range(items.length, start, stop, step);
  if (by === 1) return items.slice(from, to);
  const chosen: T[] = [];
  for (let index = from; by > 0 ? index < to : index > to; index += by) chosen.push(items[index] as T);
  return chosen;
}

function pickText(text: string, start: Bound, stop: Bound, step: Bound): string {
  if (!isSimple(text)) return pick(characters(text), start, stop, step).join('');
  const [from, to, by] = range(text.length, start, stop, step);
  return by === 1 ? text.slice(from, Math.max(from, to)) : pick(text.split(''), start, stop, step).join('');
}

/** The start, the exclusive end and the step of a slice. */
function range(
  length: number,
  start: Bound,
  stop: Bound,
  step: Bound,
): [from: number, to: number, by: number] {
  const by = sliceIndex(step) ?? 1;
  if (by === 0) throw new JinjaError('slice step cannot be zero');
  const [lowest, highest] = by > 0 ? [0, length] : [-1, length - 1];
  const clamp = (index: number): number =>
    Math.min(highest, Math.max(lowest, index < 0 ? index + length : index));
  const [from, to] = [sliceIndex(start), sliceIndex(stop)];
  return [
    from === undefined ? (by > 0 ? lowest : highest) : clamp(from),
    to === undefined ? (by > 0 ? highest : lowest) : clamp(to),
    by,
  ];
}

function sliceIndex(bound: Bound): number | undefined {
  if (bound === undefined || bound === null) return undefined;
  if (bound instanceof Undefined) return bound.fail();
  if (isNumber(bound) && !isFloat(bound)) return toNumber(bound);
  throw new JinjaError('slice indices must be integers or None');
}
