import { isRecord } from '../protocol';
/** The key in a payload under which its signature lies. */
export const SIGNATURE = '$signature';

/** The signature's text in an action's payload, whatever it is worth; `undefined` where there is none. */
export function signatureIn(payload: unknown): unknown {
  return isRecord(payload) && Object.hasOwn(payload, SIGNATURE) ? payload[SIGNATURE] : undefined;
}

/** A payload without its signature. */
export function withoutSignature(payload: unknown): unknown {
  if (!isRecord(payload) || !Object.hasOwn(payload, SIGNATURE)) return payload;
  const rest = { ...payload };
  Reflect.deleteProperty(rest, SIGNATURE);
  return rest;
}

/** Some fields of a payload, each by name and value; one that is not there by name alone. */
export function namesAndValues(payload: unknown, fields: readonly string[]): unknown[][] {
  return fields.map((field) =>
    isRecord(payload) && Object.hasOwn(payload, field) ? [field, payload[field]] : [field],
  );
}

/** What a signature says for all to read, and the code that vouches for it. */
export interface SignatureParts {
  readonly fields: readonly string[];
  readonly expiresAt: number | undefined;
  readonly code: string;
}

/** `v1.<expiry in base 36, or nothing>.<names of the fields>.<code>`, the last two as base64url. */
const FORM = /^v1\.([0-9a-z]{0,11})\.([\w-]+)\.([\w-]{43})$/;

export function writeSignature({ fields, expiresAt, code }: SignatureParts): string {
  const names = Buffer.from(JSON.stringify(fields)).toString('base64url');
  return `v1.${expiresAt?.toString(36) ?? ''}.${names}.${code}`;
}

/** The parts of a signature; `undefined` when it is none. */
export function readSignature(text: unknown): SignatureParts | undefined {
  const [, expiry, names, code] = (typeof text === 'string' ? FORM.exec(text) : null) ?? [];
  if (expiry === undefined || names === undefined || code === undefined) return undefined;
  const fields = parseNames(names);
  return fields && { fields, expiresAt: expiry === '' ? undefined : parseInt(expiry, 36), code };
}

function parseNames(names: string): string[] | undefined {
  try {
    const fields: unknown = JSON.parse(Buffer.from(names, 'base64url').toString());
    return Array.isArray(fields) && fields.every((field) => typeof field === 'string') ? fields : undefined;
  } catch {
    return undefined;
  }
}
