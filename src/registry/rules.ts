import type { JsonSchema } from './json-schema';

/** The arguments of a rule, from which its schema is made. */
export interface RuleArguments {
  readonly constraints?: readonly unknown[] | undefined;
}

type Converter = JsonSchema | ((rule: RuleArguments) => JsonSchema);

const TEXT: JsonSchema = { type: 'string' };
const NULL: JsonSchema = { type: 'null' };

/** An enumeration of the values, with their type if all have the same. */
function oneOf(values: unknown): JsonSchema {
  const list = (Array.isArray(values) ? values : []) as unknown[];
  const types = new Set(list.map((value) => (value === null ? 'null' : typeof value)));
  const [type] = types;
  const isJson = type === 'string' || type === 'number' || type === 'boolean';
  return types.size === 1 && isJson ? { type, enum: list } : { enum: list };
}

/** The values of an enum object. Numeric enums also have a reverse mapping, which is left out. */
function enumValues(entity: unknown): unknown[] {
  return Object.entries(entity as object)
    .filter(([key]) => Number.isNaN(Number(key)))
    .map(([, value]) => value as unknown);
}

/** A RegExp as a JSON Schema pattern, which has the flag u and no other. Plain text if that is impossible. */
function pattern(given: unknown, modifiers: unknown): JsonSchema {
  const regExp = given instanceof RegExp ? given : new RegExp(String(given), modifiers as string | undefined);
  if (/[imsv]/.test(regExp.flags)) return TEXT;
  try {
    new RegExp(regExp.source, 'u');
    return { type: 'string', pattern: regExp.source };
  } catch {
    return TEXT;
  }
}

function escaped(text: unknown): string {
  return String(text).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

const DATE: JsonSchema = { type: 'string', anyOf: [{ format: 'date-time' }, { format: 'date' }] };

function ipAddress(version: unknown): JsonSchema {
  if (version === undefined) return { type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] };
  return { type: 'string', format: Number(version) === 6 ? 'ipv6' : 'ipv4' };
}

/**
 * Corrections where class-validator-jsonschema differs from class-validator's behaviour: numeric enums,
 * values of several types, rules that also apply to non-strings, RegExps with flags, text used as a
 * RegExp, dates given as functions.
 */
export const CORRECTED: Readonly<Record<string, Converter>> = {
  isDefined: { not: NULL },
  isNotEmpty: { not: NULL, minLength: 1 },
  isEmpty: { enum: ['', null] },
  equals: ({ constraints }) => oneOf(constraints?.slice(0, 1)),
  notEquals: ({ constraints }) => ({ not: { enum: constraints?.slice(0, 1) } }),
  isIn: ({ constraints }) => oneOf(constraints?.[0]),
  isNotIn: ({ constraints }) => ({ not: { enum: constraints?.[0] } }),
  isEnum: ({ constraints }) => oneOf(enumValues(constraints?.[0])),
  isArray: { type: 'array' },
  isDate: DATE,
  minDate: DATE,
  maxDate: DATE,
  isDateString: DATE,
  isIso8601: DATE,
  isRFC3339: { type: 'string', format: 'date-time' },
  isBooleanString: { type: 'string', enum: ['true', 'false', '1', '0'] },
  isNumberString: { type: 'string', pattern: '^[+-]?([0-9]*\\.)?[0-9]+$' },
  isHexColor: { type: 'string', pattern: '^#?([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$' },
  isBase64: { type: 'string', contentEncoding: 'base64' },
  isJson: { type: 'string', contentMediaType: 'application/json' },
  isIp: ({ constraints }) => ipAddress(constraints?.[0]),
  contains: ({ constraints }) => ({ type: 'string', pattern: escaped(constraints?.[0]) }),
  notContains: ({ constraints }) => ({ type: 'string', not: { pattern: escaped(constraints?.[0]) } }),
  matches: ({ constraints }) => pattern(constraints?.[0], constraints?.[1]),
  isAlpha: ({ constraints }) => letters(constraints?.[0], '^[a-zA-Z]+$'),
  isAlphanumeric: ({ constraints }) => letters(constraints?.[0], '^[0-9a-zA-Z]+$'),
};

function letters(locale: unknown, english: string): JsonSchema {
  return locale === undefined || (typeof locale === 'string' && locale.startsWith('en'))
    ? { type: 'string', pattern: english }
    : TEXT;
}

/** The formats of draft 2020-12. Schema validators may reject others. */
const FORMATS: ReadonlySet<unknown> = new Set(
  'date-time date time duration email idn-email hostname idn-hostname ipv4 ipv6 uri uri-reference iri iri-reference uuid uri-template json-pointer relative-json-pointer regex'.split(
    ' ',
  ),
);

/** Rules that a `type` expresses completely. */
const TYPES: ReadonlySet<string> = new Set([
  'isString',
  'isNumber',
  'isInt',
  'isBoolean',
  'isArray',
  'isObject',
]);

/** Converts the library's schema of a rule to draft 2020-12. `isWhole`: whether it expresses all of it. */
export function ruleSchema(name: string, made: JsonSchema): { schema: JsonSchema; isWhole: boolean } {
  const { format, items, ...rest } = made;
  const schema = {
    ...rest,
    ...(FORMATS.has(format) ? { format } : {}),
    ...(items === undefined || Object.keys(items as object).length === 0 ? {} : { items }),
  };
  const keywords = Object.keys(schema);
  const isBare = keywords.length === 0 || (keywords.length === 1 && keywords[0] === 'type');
  return { schema, isWhole: !isBare || TYPES.has(name) };
}
