import { isRecord } from '../protocol';
/** The key of the signature in a payload. */
export const SIGNATURE = '$signature';

/** The signature in an action's payload, not yet verified; `undefined` if there is none. */
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

/** The named fields of a payload with their values. A missing field is listed by name only. */
export function namesAndValues(payload: unknown, fields: readonly string[]): unknown[][] {
  return fields.map((field) =>
    isRecord(payload) && Object.hasOwn(payload, field) ? [field, payload[field]] : [field],
  );
}

/** The readable parts of a signature, and the code that authenticates them. */
export interface SignatureParts {
  readonly fields: readonly string[];
  readonly expiresAt: number | undefined;
  readonly code: string;
}

/** `v1.<expiry in base 36, or empty>.<field names>.<code>`, the last two as base64url. */
const FORM = /^v1\.([0-9a-z]{0,11})\.([\w-]+)\.([\w-]{43})$/;

export function writeSignature({ fields, expiresAt, code }: SignatureParts): string {
  const names = Buffer.from(JSON.stringify(fields)).toString('base64url');
  return `v1.${expiresAt?.toString(36) ?? ''}.${names}.${code}`;
}

/** Parses a signature; returns `undefined` if it is not one. */
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
