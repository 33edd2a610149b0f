import type { Rule } from './class-rules';
import { combine } from './combine';
import type { JsonSchema } from './json-schema';

/** All information about a property of a class. */
export interface Property {
  readonly rules: readonly Rule[];
  /** The type that the compiler emitted. */
  readonly emitted: unknown;
  /** With `@ValidateNested`: the schema of its value, or of each value. */
  readonly nested: JsonSchema | undefined;
  /** Its value in a new object. */
  readonly initial: unknown;
}

/** Rules that accept a missing value. */
const PASS_MISSING: ReadonlySet<string> = new Set([
  'nestedValidation',
  'whitelistValidation',
  'notEquals',
  'isNotIn',
  'isEmpty',
]);

const CONDITIONS: ReadonlySet<string> = new Set(['isOptional', 'validateIf']);

const COLLECTIONS: ReadonlySet<unknown> = new Set<unknown>([Array, Set, Map]);

const EMITTED: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [String, 'string'],
  [Number, 'number'],
  [Boolean, 'boolean'],
  [Array, 'array'],
]);

/** Whether a payload without the property is refused. */
export function isRequired({ rules, initial }: Property): boolean {
  if (initial !== undefined || rules.some(({ name }) => CONDITIONS.has(name))) return false;
  return rules.some(({ name, isConditional }) => !PASS_MISSING.has(name) && !isConditional);
}

function collection(values: JsonSchema, emitted: unknown): JsonSchema {
  return emitted === Map
    ? { type: 'object', additionalProperties: values }
    : { type: 'array', items: values };
}

/** Adds the emitted type if no rule specifies one. */
function typed(schema: JsonSchema, emitted: unknown): JsonSchema {
  const type = EMITTED.get(emitted);
  const isSaid = ['type', 'enum', '$ref', 'anyOf', 'allOf'].some((key) => key in schema);
  return type === undefined || isSaid ? schema : combine([{ type }, schema]);
}

function valueSchema({ rules, emitted, nested }: Property): JsonSchema {
  const whole = rules.filter(({ each }) => !each).map(({ schema }) => schema);
  const values = rules.filter(({ each }) => each).map(({ schema }) => schema);
  if (nested !== undefined) {
    const isEach =
      COLLECTIONS.has(emitted) || rules.some(({ name, each }) => name === 'nestedValidation' && each);
    (isEach ? values : whole).push(nested);
  }
  const hasValues = values.length > 0;
  const schema = combine([...(hasValues ? [collection(combine(values), emitted)] : []), ...whole]);
  return typed(schema, emitted);
}

/** The schema of a property's value in a payload. */
export function propertySchema(property: Property): JsonSchema {
  const { rules, initial } = property;
  const value = valueSchema(property);
  const isNullable = rules.some(({ name }) => name === 'isOptional') && Object.keys(value).length > 0;
  const unsaid = [...new Set(rules.filter(({ isWhole }) => !isWhole).map(({ name }) => name))];
  return {
    ...(isNullable ? { anyOf: [value, { type: 'null' }] } : value),
    ...(['string', 'number', 'boolean'].includes(typeof initial) ? { default: initial } : {}),
    ...(unsaid.length === 0 ? {} : { $comment: `Also checked: ${unsaid.join(', ')}.` }),
  };
}
