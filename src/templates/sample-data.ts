import { type Json } from '../jinja';
import { isRecord } from '../protocol';
import { below } from './plain-data';

/** For the choices that a schema leaves open, by path: the index of each option that is not the first. */
export type SampleChoices = ReadonlyMap<string, number>;

export interface SampleData {
  readonly data: Record<string, Json>;
  /** The number of options of each choice that occurred. */
  readonly options: ReadonlyMap<string, number>;
}

type Schema = Readonly<Record<string, unknown>>;

/** Schemas may be recursive. Below this depth only required values are created. */
const MAX_DEPTH = 8;

/**
 * Creates data that a JSON Schema allows.
 *
 * @param seed Another seed gives data of the same shape with other texts and numbers.
 */
export function sampleData(jsonSchema: unknown, choices: SampleChoices, seed: number): SampleData {
  const sampler = new SampleMaker(jsonSchema, choices, seed);
  const data = sampler.make(jsonSchema, '', 0);
  return { data: isRecord(data) ? data : {}, options: sampler.options };
}

class SampleMaker {
  readonly options = new Map<string, number>();
  readonly #root: unknown;
  readonly #choices: SampleChoices;
  readonly #seed: number;
  #count = 0;

  constructor(root: unknown, choices: SampleChoices, seed: number) {
    this.#root = root;
    this.#choices = choices;
    this.#seed = seed;
  }

  make(jsonSchema: unknown, path: string, depth: number): Json {
    const schema = this.#resolve(jsonSchema);
    if ('const' in schema) return schema['const'] as Json;
    if (Array.isArray(schema['enum'])) return this.#pick(path, schema['enum']) as Json;
    const branches = schema['anyOf'] ?? schema['oneOf'];
    if (Array.isArray(branches)) return this.make(this.#pick(`${path}?`, branches), path, depth);
    const type = Array.isArray(schema['type']) ? this.#pick(`${path}?`, schema['type']) : typeOf(schema);
    switch (type) {
      case 'object':
        return this.#object(schema, path, depth);
      case 'array':
        return this.#array(schema, path, depth);
      case 'string':
        return this.#text(schema);
      case 'number':
      case 'integer':
        return this.#number(schema);
      case 'boolean':
        return this.#pick(path, [true, false]) as Json;
      default:
        return type === 'null' ? null : this.#text(schema);
    }
  }

  #object(schema: Schema, path: string, depth: number): Json {
    const required = Array.isArray(schema['required']) ? (schema['required'] as unknown[]) : [];
    const made: Record<string, Json> = {};
    for (const [key, each] of Object.entries(isRecord(schema['properties']) ? schema['properties'] : {})) {
      const at = below(path, key);
      const isThere =
        required.includes(key) || (depth < MAX_DEPTH && this.#pick(`${at}!`, [true, false]) === true);
      if (isThere) made[key] = this.make(each, at, depth + 1);
    }
    const others = schema['additionalProperties'];
    if (isRecord(others) && depth < MAX_DEPTH)
      made['other'] = this.make(others, below(path, 'other'), depth + 1);
    return made;
  }

  /** The elements share their choices: each chosen value occurs in all of them. */
  #array(schema: Schema, path: string, depth: number): Json {
    const tuple = Array.isArray(schema['prefixItems']) ? (schema['prefixItems'] as unknown[]) : [];
    const fixed = tuple.map((each, index) => this.make(each, below(path, String(index)), depth + 1));
    if (tuple.length > 0 && !isRecord(schema['items'])) return fixed;
    const least = numberOr(schema['minItems'], 0);
    const most = Math.max(least, numberOr(schema['maxItems'], 2));
    const sizes = [...new Set([2, 1, 0].map((size) => Math.min(most, Math.max(least, size))))];
    const size = depth < MAX_DEPTH ? (this.#pick(`${path}#`, sizes) as number) : least;
    return [
      ...fixed,
      ...Array.from({ length: Math.max(0, size - fixed.length) }, () =>
        this.make(schema['items'] ?? { type: 'string' }, below(path, '*'), depth + 1),
      ),
    ];
  }

  #text({ format, minLength, maxLength }: Schema): Json {
    const number = this.#next();
    const text = FORMATS[String(format)]?.(number) ?? `text ${String(number)}`;
    return text.padEnd(numberOr(minLength, 0), '.').slice(0, numberOr(maxLength, text.length + 100));
  }

  #number(schema: Schema): Json {
    const step = numberOr(schema['multipleOf'], 1);
    const least = numberOr(schema['minimum'], numberOr(schema['exclusiveMinimum'], -step) + step);
    const most = numberOr(schema['maximum'], numberOr(schema['exclusiveMaximum'], Infinity) - step);
    const first = Math.ceil(least / step) * step;
    const steps = Math.max(0, Math.floor((most - first) / step));
    return first + (this.#next() % (steps + 1)) * step;
  }

  /** A number that differs for another seed at the same position. */
  #next(): number {
    this.#count += 1;
    return this.#count + this.#seed;
  }

  #pick(path: string, options: readonly unknown[]): unknown {
    this.options.set(path, options.length);
    return options[Math.min(this.#choices.get(path) ?? 0, options.length - 1)];
  }

  #resolve(jsonSchema: unknown, depth = 0): Schema {
    if (!isRecord(jsonSchema)) return {};
    const all = Array.isArray(jsonSchema['allOf']) ? (jsonSchema['allOf'] as unknown[]) : [];
    const merged = all.map((each) => this.#resolve(each, depth + 1)).reduce(merge, jsonSchema);
    const target = merged['$ref'];
    if (typeof target !== 'string' || depth > MAX_DEPTH) return merged;
    const steps = target
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const found = steps.reduce<unknown>((at, step) => (isRecord(at) ? at[step] : undefined), this.#root);
    return this.#resolve(found, depth + 1);
  }
}

const merge = (a: Schema, b: Schema): Schema => ({
  ...a,
  ...b,
  properties: { ...(a['properties'] as object | undefined), ...(b['properties'] as object | undefined) },
  required: [
    ...((a['required'] as string[] | undefined) ?? []),
    ...((b['required'] as string[] | undefined) ?? []),
  ],
});

function typeOf(schema: Schema): unknown {
  if (schema['type'] !== undefined) return schema['type'];
  if ('properties' in schema) return 'object';
  return 'items' in schema || 'prefixItems' in schema ? 'array' : undefined;
}

const numberOr = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback);

const twoDigits = (number: number): string => String(1 + (number % 28)).padStart(2, '0');

const FORMATS: Readonly<Record<string, ((number: number) => string) | undefined>> = {
  email: (number) => `person${String(number)}@example.com`,
  uri: (number) => `https://example.com/${String(number)}`,
  url: (number) => `https://example.com/${String(number)}`,
  date: (number) => `2030-01-${twoDigits(number)}`,
  time: (number) => `10:30:${twoDigits(number)}Z`,
  'date-time': (number) => `2030-01-${twoDigits(number)}T10:30:00Z`,
  uuid: (number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
};
