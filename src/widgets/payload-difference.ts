import { shorten } from '../errors';
import { isRecord } from '../protocol';
import { canonicalJson } from './canonical-json';

/** The path of a form field: `to.name` as `['to', 'name']`. */
type Path = readonly string[];

/**
 * Describes what in a received payload cannot come from a widget whose action has the payload `own`, in a
 * form with these fields. The text names paths but no values, since values belong to the user.
 *
 * @param fields The dotted names of the form's fields.
 * @returns `undefined` when a client can have sent the payload
 * @example
 * payloadDifference({ id: 1 }, { id: 2 }, []); // 'payload.id differs from the widget'
 */
export function payloadDifference(
  own: unknown,
  received: unknown,
  fields: readonly string[],
): string | undefined {
  const given = own ?? {}; // a form creates an object if there is no payload
  const sent = received ?? {};
  if (isRecord(given) && isRecord(sent)) {
    return firstDifference(
      given,
      sent,
      fields.map((field) => field.split('.')),
      'payload',
    );
  }
  return isSame(given, sent) ? undefined : otherValue('payload');
}

/**
 * Finds the first value of `own` that is missing or changed in `received`, or the first extra value that no
 * field explains.
 */
function firstDifference(
  own: Record<string, unknown>,
  received: Record<string, unknown>,
  fields: readonly Path[],
  at: string,
): string | undefined {
  const missing = Object.keys(own).find((key) => !Object.hasOwn(received, key));
  if (missing !== undefined) return `${inside(at, missing)} is missing`;
  for (const [key, value] of Object.entries(received)) {
    const below = fields.filter(([first, ...rest]) => first === key && rest.length > 0);
    const deeper = below.map(([, ...rest]) => rest);
    const difference = Object.hasOwn(own, key)
      ? changed(own[key], value, deeper, at, key)
      : added(value, fields, deeper, at, key);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** Form values are only added to objects. Other values must be unchanged. */
function changed(
  own: unknown,
  value: unknown,
  fields: readonly Path[],
  at: string,
  key: string,
): string | undefined {
  if (isRecord(own) && isRecord(value)) return firstDifference(own, value, fields, inside(at, key));
  return isSame(own, value) ? undefined : otherValue(inside(at, key));
}

function added(
  value: unknown,
  fields: readonly Path[],
  deeper: readonly Path[],
  at: string,
  key: string,
): string | undefined {
  if (fields.some((path) => path.length === 1 && path[0] === key)) return undefined;
  if (deeper.length > 0 && isContainer(value)) return firstDifference({}, value, deeper, inside(at, key));
  return `${inside(at, key)} is neither in the widget nor a field of its form`;
}

const otherValue = (path: string): string => `${path} differs from the widget`;

function inside(at: string, key: string): string {
  return `${at}.${shorten(key, 60)}`;
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
