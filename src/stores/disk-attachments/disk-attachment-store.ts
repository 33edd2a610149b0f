import { buffer } from 'node:stream/consumers';
import type { RequestContext } from '../../context';
import { BadRequestError, PayloadTooLargeError } from '../../errors';
import { type Attachment } from '../../protocol';
import {
  generateId,
  type AttachmentCreateInput,
  type AttachmentHttp,
  type AttachmentStore,
  type StoredBytes,
  type StoreScope,
} from '../../store';
import { cleanName } from './file-name';
import { Files } from './files';
import { LinkSigner, type LinkClaims } from './link-signer';
import { allowedType } from './media-type';
import { isHttpUrl, settingsOf, type DiskAttachmentStoreOptions, type DiskSettings } from './options';

/** The file of an attachment. */
export interface AttachmentFile extends StoredBytes {
  /** The file's path. Only read it: the store writes and deletes it. */
  path: string;
  /** Reads the whole file into memory. */
  bytes(): Promise<Uint8Array>;
}

/**
 * Keeps the bytes of attachments in a directory. The chat's adapter receives uploads and serves previews of
 * images at `<mount>/attachments`, with links that this store signs.
 *
 * @throws StartupError with all problems of the options
 *
 * @example
 * const files = new DiskAttachmentStore({
 *   directory: 'data/attachments',
 *   secret: process.env.ATTACHMENT_SECRET,
 *   baseUrl: 'https://shop.example/chatkit',
 *   allowedTypes: ['image/*', 'application/pdf'],
 * });
 * app.use('/chatkit', chatkit({ …, attachmentStore: files }));
 *
 * // in a handler
 * const { bytes } = await files.read(ctx, attachment.id);
 */
export class DiskAttachmentStore<TContext = RequestContext> implements AttachmentStore {
  readonly keepUnsentMs: number;
  readonly http: AttachmentHttp;
  readonly #settings: DiskSettings<TContext>;
  readonly #files: Files;
  readonly #signer: LinkSigner;

  constructor(options: DiskAttachmentStoreOptions<TContext>) {
    const settings = settingsOf(options);
    this.#settings = settings;
    this.#files = new Files(settings.directory);
    this.#signer = new LinkSigner(settings.secrets);
    this.keepUnsentMs = settings.keepUnsentMs;
    this.http = {
      twoPhase: settings.mode !== 'direct',
      direct: settings.mode !== 'two-phase',
      maxSize: settings.maxSize,
      checkLink: (purpose, id, query) => this.#signer.verify(purpose, id, query),
      describe: (scope, file) =>
        this.#describe(scope, cleanName(file.name), allowedType(file, settings.allowedTypes)),
      stage: (scope, id, bytes) => this.#files.stage(scope.owner, id, bytes),
      read: (scope, id) => this.read(scope, id),
    };
  }

  createAttachment(scope: StoreScope, { name, size, mime_type }: AttachmentCreateInput): Attachment {
    const { allowedTypes, maxSize, mode, expiresInMs } = this.#settings;
    if (mode === 'direct') {
      throw new BadRequestError(
        'This server accepts direct uploads only: send the file to the path /attachments.',
        {
          code: 'direct_upload_only',
        },
      );
    }
    const type = allowedType({ name, mime_type }, allowedTypes);
    if (size > maxSize) {
      throw new PayloadTooLargeError(`The file is larger than ${String(maxSize)} bytes.`, {
        code: 'file_too_large',
      });
    }
    const attachment = this.#describe(scope, cleanName(name), type);
    const { id } = attachment;
    const expires = Date.now() + expiresInMs;
    const url = this.#link(scope, { purpose: 'upload', id, size, mime_type: type, expires });
    // No headers: a content type set here would replace the boundary of a client that sends a form.
    return { ...attachment, upload_descriptor: { url, method: 'PUT', headers: {} } };
  }

  async deleteAttachment({ owner }: StoreScope, attachmentId: string): Promise<void> {
    await this.#files.delete(owner, attachmentId);
  }

  /**
   * The file of an attachment, for a handler that needs its bytes.
   *
   * @throws NotFoundError when it does not exist, is not uploaded yet, or belongs to another owner
   *
   * @example
   * const { path, bytes, stream } = await files.read(ctx, attachment.id);
   */
  async read({ owner }: Pick<StoreScope, 'owner'>, attachmentId: string): Promise<AttachmentFile> {
    const file = await this.#files.stat(owner, attachmentId);
    return { ...file, bytes: () => buffer(file.stream()) };
  }

  cleanUpLeftovers(before: number): Promise<number> {
    return this.#files.cleanUp(before);
  }

  #describe(scope: StoreScope, name: string, mime_type: string): Attachment {
    const id = generateId('attachment');
    const base = { id, name, mime_type };
    if (!mime_type.startsWith('image/')) return { ...base, type: 'file' };
    const expires = Date.now() + this.#settings.previewExpiresInMs;
    const claims = { purpose: 'preview', id, size: 0, mime_type, expires } as const;
    return { ...base, type: 'image', preview_url: this.#link(scope, claims) };
  }

  #link({ owner, requestContext }: StoreScope, claims: Omit<LinkClaims, 'owner'>): string {
    const { baseUrl } = this.#settings;
    const base = typeof baseUrl === 'function' ? baseUrl(requestContext as TContext) : baseUrl;
    if (!isHttpUrl(base))
      throw new TypeError(`baseUrl returned ${JSON.stringify(base)}, which is not an http or https URL.`);
    const url = new URL(base);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/attachments/${claims.id}`;
    url.search = this.#signer.sign({ ...claims, owner }).toString();
    return url.href;
  }
}
