import { createHmac, timingSafeEqual } from 'node:crypto';

/** A key for signatures: 32 secret bytes or more. */
export type SigningKey = string | Uint8Array;

const MIN_BYTES = 32;

/** Whether a list of keys can be used to sign: it is not empty, and each key is long enough. */
export function areStrongKeys(keys: unknown): keys is readonly [SigningKey, ...SigningKey[]] {
  return (
    Array.isArray(keys) &&
    keys.length > 0 &&
    keys.every(
      (key: unknown) =>
        (typeof key === 'string' || key instanceof Uint8Array) && Buffer.byteLength(key) >= MIN_BYTES,
    )
  );
}

/**
 * Signs texts with HMAC-SHA256. The first key signs, and all keys verify. To rotate, put a new key in front:
 * signatures of an old key stay valid until that key is removed.
 */
export class KeyRing {
  constructor(private readonly keys: readonly SigningKey[]) {}

  /** The signature of a text, as base64url. */
  sign(text: string): string {
    const [key] = this.keys;
    if (key === undefined) throw new Error('There is no key to sign with.');
    return signatureOf(key, text);
  }

  verify(text: string, signature: string): boolean {
    const given = Buffer.from(signature);
    // All keys are tried, so that the time taken does not reveal which key signed.
    const fitting = this.keys.filter((key) => {
      const expected = Buffer.from(signatureOf(key, text));
      return expected.length === given.length && timingSafeEqual(expected, given);
    });
    return fitting.length > 0;
  }
}

function signatureOf(key: SigningKey, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}
