import { ForbiddenError } from '../../errors';
import { KeyRing, type AttachmentLink, type LinkPurpose, type SigningKey } from '../../store';

/** The content of a link, and when it expires, in milliseconds since the epoch (`Infinity`: never). */
export interface LinkClaims extends AttachmentLink {
  purpose: LinkPurpose;
  id: string;
  expires: number;
}

/** Signs links with HMAC-SHA256. Clients can read the content of a link, but cannot change it. */
export class LinkSigner {
  private readonly keys: KeyRing;

  /** @param secrets the first signs, all verify */
  constructor(secrets: readonly SigningKey[]) {
    this.keys = new KeyRing(secrets);
  }

  /** The query string of a link. */
  sign({ owner, size, mime_type, expires, ...rest }: LinkClaims): URLSearchParams {
    const query = new URLSearchParams({ owner, size: String(size), type: mime_type });
    query.set('expires', Number.isFinite(expires) ? String(Math.floor(expires)) : 'never');
    query.set('signature', this.keys.sign(textOf(rest, query)));
    return query;
  }

  /**
   * The content of a link.
   *
   * @throws ForbiddenError `bad_signature` when the link was changed, `link_expired` when it is too old
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

/** The text that is signed. It is JSON, so that two different links never give the same text. */
function textOf({ purpose, id }: Pick<LinkClaims, 'purpose' | 'id'>, query: URLSearchParams): string {
  const claims = ['owner', 'size', 'type', 'expires'].map((name) => query.get(name));
  return JSON.stringify(['chatkit-controllers/attachments/1', purpose, id, ...claims]);
}
