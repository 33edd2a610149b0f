import { createHmac, timingSafeEqual } from 'node:crypto';

import { ForbiddenError } from '../../errors';
import { type AttachmentLink, type LinkPurpose } from '../../store';

/** What a link is for, what it says, and until when, in milliseconds since the epoch (`Infinity`: for ever). */
export interface LinkClaims extends AttachmentLink {
  purpose: LinkPurpose;
  id: string;
  expires: number;
}

/** Signs links with HMAC-SHA256. What they say can be read by anybody, and changed by nobody. */
export class LinkSigner {
  /** @param secrets the first signs, all verify */
  constructor(private readonly secrets: readonly (string | Buffer)[]) {}

  /** The query of a link. */
  sign({ owner, size, mime_type, expires, ...rest }: LinkClaims): URLSearchParams {
    const query = new URLSearchParams({ owner, size: String(size), type: mime_type });
    query.set('expires', Number.isFinite(expires) ? String(Math.floor(expires)) : 'never');
    const [secret] = this.secrets;
    if (secret !== undefined) query.set('signature', signatureOf(secret, textOf(rest, query)));
    return query;
  }

  /**
   * What a link says.
   *
   * @throws ForbiddenError `bad_signature` when it is not as it was signed, `link_expired` when it is too old
   */
  verify(purpose: LinkPurpose, id: string, query: URLSearchParams): AttachmentLink {
    const given = Buffer.from(query.get('signature') ?? '');
    const text = textOf({ purpose, id }, query);
    // All are tried, so that the time taken does not tell which one signs.
    const found = this.secrets.filter((secret) => {
      const expected = Buffer.from(signatureOf(secret, text));
      return expected.length === given.length && timingSafeEqual(expected, given);
    });
    if (found.length === 0) {
      throw new ForbiddenError('The link is not valid.', { code: 'bad_signature' });
    }
    const expires = query.get('expires');
    if (expires !== 'never' && !(Number(expires) > Date.now())) {
      throw new ForbiddenError('The link has expired.', { code: 'link_expired' });
    }
    return {
      owner: query.get('owner') ?? '',
      size: Number(query.get('size')),
      mime_type: query.get('type') ?? '',
    };
  }
}

/** What is signed. As JSON, so that no two links run together into one text. */
function textOf({ purpose, id }: Pick<LinkClaims, 'purpose' | 'id'>, query: URLSearchParams): string {
  const claims = ['owner', 'size', 'type', 'expires'].map((name) => query.get(name));
  return JSON.stringify(['chatkit-controllers/attachments/1', purpose, id, ...claims]);
}

function signatureOf(secret: string | Buffer, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}
