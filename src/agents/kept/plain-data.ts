/**
 * Finds the first part of a value that does not survive JSON, and says where and what it is; `undefined` if
 * everything survives. Fields that are `undefined` count as missing.
 *
 * @example
 * notPlain({ order: { at: new Date() } }); // '.order.at is a Date'
 */
export function notPlain(value: unknown): string | undefined {
  return find(value, '', new Set());
}

function find(value: unknown, path: string, above: Set<unknown>): string | undefined {
  const odd = kindOf(value);
  if (odd !== undefined) return `${path === '' ? 'it' : path} is ${odd}`;
  if (typeof value !== 'object' || value === null) return undefined;
  if (above.has(value)) return `${path} is a circular reference`;
  above.add(value);
  const isList = Array.isArray(value);
  // `Array.from` turns holes into `undefined`, which is reported: JSON would write `null`.
  const parts: [string, unknown][] = isList
    ? Array.from(value as unknown[], (each, index) => [`[${String(index)}]`, each])
    : Object.entries(value).flatMap(([key, each]) => (each === undefined ? [] : [[`.${key}`, each]]));
  for (const [name, each] of parts) {
    const found = find(each, path + name, above);
    if (found !== undefined) return found;
  }
  above.delete(value);
  return undefined;
}

/** What a value is, if JSON cannot represent it. */
function kindOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? undefined : String(value);
    case 'object':
      return value === null ? undefined : kindOfObject(value);
    default:
      return typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`;
  }
}

function kindOfObject(value: object): string | undefined {
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
  if (kind !== 'Object' && kind !== 'Array') return `a ${kind}`;
  return 'toJSON' in value ? 'an object with toJSON()' : undefined;
}
