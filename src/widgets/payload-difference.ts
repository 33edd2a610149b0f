import { shorten } from '../errors';
import { isRecord } from '../protocol';
import { canonicalJson } from './canonical-json';

/** A field of a form as its path, `to.name` as `['to', 'name']`. */
type Path = readonly string[];

/**
 * What of a payload that was received cannot come from a widget whose action has the payload `own`, in a
 * form with these fields. The text names paths and no values: those are the user's.
 *
 * @param fields the dotted names of the form's fields
 * @returns `undefined` when the payload is what a client makes of the two
 * @example
 * payloadDifference({ id: 1 }, { id: 2 }, []); // 'payload.id has another value there'
 */
export function payloadDifference(
  own: unknown,
  received: unknown,
  fields: readonly string[],
): string | undefined {
  const given = own ?? {}; // a form makes an object where there is no payload
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

/** The first of `own` that is not in `received` unchanged, or that is there beside it and the fields. */
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

/** A form's values go into objects; all else it leaves as it is. */
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
  return `${inside(at, key)} is not there, nor a field of its form`;
}

const otherValue = (path: string): string => `${path} has another value there`;

function inside(at: string, key: string): string {
  return `${at}.${shorten(key, 60)}`;
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
