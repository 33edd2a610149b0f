import type { ContextServices } from '../context';
import { ChatError, NotFoundError, UnavailableError } from '../errors';
import { receiveAnnounced, receiveDirect, type Environment, type IncomingFile } from '../operations';
import type { Attachment } from '../protocol';
import type { AttachmentHttp, AttachmentLink, StoredBytes, StoreScope } from '../store';

/** A file's upload, as a door hands it in. */
export interface IncomingUpload {
  requestId: string;
  /** Begins to read the body; it breaks off with the signal's reason. */
  openFile: (signal: AbortSignal) => Promise<IncomingFile>;
}

/** What the desk needs of its app. */
export interface DeskParts<TRequest> {
  readonly env: Environment;
  readonly services: ContextServices;
  readonly http: AttachmentHttp;
  /** Who sends a request. */
  readonly identify: (request: TRequest) => Promise<Omit<StoreScope, 'signal'>>;
  /** Refuses work when the app is closing, waits until it is ready, and keeps it from closing meanwhile. */
  readonly admit: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Something that breaks off when the app closes. */
interface Work {
  readonly controller: AbortController;
  readonly done: Promise<unknown>;
}

/** Where doors hand in and fetch the bytes of attachments. */
export class AttachmentDesk<TRequest> {
  private readonly underWay = new Set<Work>();

  constructor(private readonly parts: DeskParts<TRequest>) {}

  /** Takes the bytes of an announced attachment, on the authority of its link. */
  uploadTo(id: string, query: URLSearchParams, upload: IncomingUpload): Promise<Attachment> {
    const { http, env } = this.parts;
    return this.take(upload, async (signal, openFile) => {
      if (!http.twoPhase) throw new NotFoundError('There is no such link.');
      const link = http.checkLink('upload', id, query);
      return receiveAnnounced({ env, http, scope: scopeOf(link, signal), openFile }, id, link);
    });
  }

  /** Takes a file without announcement, from whoever `context` says the request is. */
  uploadDirect(request: TRequest, upload: IncomingUpload): Promise<Attachment> {
    const { http, env, identify } = this.parts;
    return this.take(upload, async (signal, openFile) => {
      if (!http.direct) throw new NotFoundError('Announce files first, by attachments.create.');
      const scope = { ...(await identify(request)), signal };
      return receiveDirect({ env, http, scope, openFile });
    });
  }

  /** The record and the bytes of an attachment, on the authority of a link. */
  preview(id: string, query: URLSearchParams): Promise<{ attachment: Attachment; file: StoredBytes }> {
    const { http, env } = this.parts;
    return this.untilClosed(async (signal) => {
      const scope = scopeOf(http.checkLink('preview', id, query), signal);
      return { attachment: await env.store.loadAttachment(scope, id), file: await http.read(scope, id) };
    });
  }

  /** Breaks off the uploads that are still going on; nothing is left of them. */
  async close(): Promise<void> {
    const works = [...this.underWay];
    for (const { controller } of works) {
      controller.abort(new UnavailableError('The server is shutting down.'));
    }
    await Promise.allSettled(works.map(({ done }) => done));
  }

  private async take(
    { requestId, openFile }: IncomingUpload,
    receive: (signal: AbortSignal, openFile: () => Promise<IncomingFile>) => Promise<Attachment>,
  ): Promise<Attachment> {
    try {
      return await this.untilClosed((signal) => receive(signal, () => openFile(signal)));
    } catch (error) {
      this.report(error, requestId);
      throw error;
    }
  }

  /** Each work has a signal of its own: on one for all of them, the listeners of all would gather. */
  private async untilClosed<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const done = this.parts.admit(() => work(controller.signal));
    const entry = { controller, done };
    this.underWay.add(entry);
    try {
      return await done;
    } finally {
      this.underWay.delete(entry);
    }
  }

  /** A full disk is told to the client, and concerns the operator more. */
  private report(error: unknown, requestId: string): void {
    if (!(error instanceof ChatError) || error.status < 500 || error instanceof UnavailableError) return;
    this.parts.services.logger.error({ err: error, requestId }, 'a file could not be stored');
  }
}

/** A link carries its owner, and no context of a request. */
function scopeOf({ owner }: AttachmentLink, signal: AbortSignal): StoreScope {
  return { owner, requestContext: undefined, signal };
}
