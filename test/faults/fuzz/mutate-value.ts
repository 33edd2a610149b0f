import type { Random } from '../random';
import { NAMES, nested, oddText, oddValue, toJson } from './values';

type Container = Record<string, unknown> | unknown[];

/** Where a value stands. */
interface Place {
  readonly container: Container;
  readonly key: string;
  readonly depth: number;
}

/** A copy of a JSON value, changed at one to four places in its structure. */
export function mutateValue(value: object, random: Random): unknown {
  const root = { value: JSON.parse(JSON.stringify(value)) as unknown };
  const changes = 1 + Math.floor(random.next() * random.next() * 4);
  for (let change = 0; change < changes; change += 1) {
    if (change > 0 && JSON.stringify(root).length > LARGEST) break;
    const places = placesIn(root);
    random.of(CHANGES)(deeper(random.of(places), random.of(places)), random, places);
  }
  return root.value;
}

/** What lies deep is read by more code than the frame of a request, which is refused at once. */
function deeper(a: Place, b: Place): Place {
  return a.depth > b.depth ? a : b;
}

const CHANGES: ((place: Place, random: Random, all: readonly Place[]) => void)[] = [
  (place, random) => put(place, oddValue(random)),
  (place, random) => put(place, oddValue(random)),
  ({ container, key }) => void Reflect.deleteProperty(container, key),
  (place, random) => put({ container: inside(place), key: random.of(NAMES) }, oddValue(random)),
  (place, random) => put({ container: inside(place), key: random.of(NAMES) }, copyOf(place)),
  (place, random, all) => put(place, copyOf(random.of(all))),
  (place, random) => put(place, nested(get(place), random.of([1, 2, 31, 32, 33]))),
  (place, random) => put(place, repeated(get(place), random.of([2, 3, 101, 1_001]))),
  // Of its own type, it gets past the schema.
  (place, random) => put(place, edited(get(place), random)),
  (place, random) => put(place, edited(get(place), random)),
  (place, random) => put(place, edited(get(place), random)),
];

/** So many characters of JSON a body has at most when a value is repeated. */
const LARGEST = 400_000;

function repeated(value: unknown, times: number): unknown[] {
  const size = toJson(value).length + 1;
  return Array.from({ length: Math.min(times, Math.ceil(LARGEST / size)) }, () => value);
}

/** A scalar with a small change. */
function edited(value: unknown, random: Random): unknown {
  if (typeof value === 'number') return random.of([value + 1, -value, value / 3, String(value)]);
  if (typeof value !== 'string') return typeof value === 'boolean' ? !value : [value];
  const odd = oddText(random);
  if (random.chance(0.5)) return odd;
  const at = Math.floor(random.next() * (value.length + 1));
  return value.slice(0, at) + odd + value.slice(at + random.of([0, 0, 1]));
}

/** Every value below the root, the outermost too. It does not recurse: values may be deep. */
function placesIn(root: Container): Place[] {
  const places: Place[] = [];
  const pending = [{ container: root, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const key of Object.keys(next.container).slice(0, 50)) {
      const place = { ...next, key };
      places.push(place);
      const value = get(place);
      if (isContainer(value)) pending.push({ container: value, depth: place.depth + 1 });
    }
  }
  return places.length === 0 ? [{ container: root, key: 'value', depth: 0 }] : places;
}

function inside(place: Place): Container {
  const value = get(place);
  return isContainer(value) ? value : place.container;
}

function get({ container, key }: Omit<Place, 'depth'>): unknown {
  return Object.getOwnPropertyDescriptor(container, key)?.value;
}

/** Defines, since an assignment to `__proto__` would not. */
function put({ container, key }: Omit<Place, 'depth'>, value: unknown): void {
  if (Array.isArray(container) && !/^\d+$/.test(key)) container.push(value);
  else Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}

/** A copy, so that no value comes to lie inside itself. */
function copyOf(place: Place): unknown {
  return JSON.parse(toJson(get(place) ?? null)) as unknown;
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}
