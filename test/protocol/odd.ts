import fc, { type Arbitrary } from 'fast-check';
import { SECRET } from './arbitraries';

/*
 * Protocol values as they should not be written and are: with fields that the protocol does
 * not have, with objects that say themselves what JSON makes of them, without what has a default.
 */

type Fields = Record<string, unknown>;

/** The application's own data: whatever is in there is to stay. */
const FREE = new Set(['widget', 'component', 'data', 'metadata', 'arguments', 'output', 'headers']);

/** What the protocol has for a field that is not there. */
const DEFAULTS: Fields = {
  annotations: [],
  attachments: [],
  inference_options: {},
  interactive: false,
  data: {},
  headers: {},
  status: 'pending',
  multiple: false,
  values: [],
  skipped: false,
  queries: [],
  sources: [],
  expanded: false,
  status_indicator: 'none',
  has_more: false,
};

/** Names that other servers, databases and JavaScript itself would put there. */
const UNKNOWN = [
  'secret',
  'cost',
  '_id',
  'owner',
  'toString',
  'constructor',
  'itemId',
  'thread',
  'annotation',
];

/** The value and an odd one of which the same is to be said. */
export function odd<T>(values: Arbitrary<T>): Arbitrary<{ plain: T; odd: T }> {
  return fc
    .tuple(values, fc.infiniteStream(fc.nat(30)))
    .map(([plain, draws]) => ({ plain, odd: spoilt(plain, () => draws.next().value as number) as T }));
}

function spoilt(value: unknown, draw: () => number): unknown {
  if (Array.isArray(value)) return value.map((element) => spoilt(element, draw));
  if (typeof value !== 'object' || value === null) return value;
  const isHidden = (value as Fields)['type'] === 'hidden_context_item';
  const entries = Object.entries(value)
    .filter(([key, child]) => !isDefault(key, child) || draw() > 15)
    .map(([key, child]): [string, unknown] => {
      const isFree = FREE.has(key) || (isHidden && key === 'content');
      return [key, isFree ? child : spoilt(child, draw)];
    });
  const unknown = UNKNOWN[draw()];
  if (unknown !== undefined && !(unknown in value && Object.hasOwn(value, unknown))) {
    entries.splice(draw() % (entries.length + 1), 0, [unknown, { [SECRET]: [SECRET] }]);
  }
  const fields = Object.fromEntries(entries);
  return draw() === 7 && !('id' in fields) ? { toJSON: () => fields } : fields;
}

function isDefault(key: string, value: unknown): boolean {
  return key in DEFAULTS && JSON.stringify(value) === JSON.stringify(DEFAULTS[key]);
}
