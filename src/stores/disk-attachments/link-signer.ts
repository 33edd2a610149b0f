import { ForbiddenError } from '../../errors';
import { KeyRing, type AttachmentLink, type LinkPurpose, type SigningKey } from '../../store';

/** What a link is for, what it says, and until when, in milliseconds since the epoch (`Infinity`: for ever). */
export interface LinkClaims extends AttachmentLink {
  purpose: LinkPurpose;
  id: string;
  expires: number;
}

/** Signs links with HMAC-SHA256. Any client can read what they say, and none can change it. */
export class LinkSigner {
  private readonly keys: KeyRing;

  /** @param secrets the first signs, all verify */
  constructor(secrets: readonly SigningKey[]) {
    this.keys = new KeyRing(secrets);
  }

  /** The query of a link. */
  sign({ owner, size, mime_type, expires, ...rest }: LinkClaims): URLSearchParams {
    const query = new URLSearchParams({ owner, size: String(size), type: mime_type });
    query.set('expires', Number.isFinite(expires) ? String(Math.floor(expires)) : 'never');
    query.set('signature', this.keys.sign(textOf(rest, query)));
    return query;
  }

  /**
   * What a link says.
   *
   * @throws ForbiddenError `bad_signature` when it is not as it was signed, `link_expired` when it is too old
   */
  verify(purpose: LinkPurpose, id: string, query: URLSearchParams): AttachmentLink {
    if (!this.keys.verify(textOf({ purpose, id }, query), query.get('signature') ?? '')) {
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
