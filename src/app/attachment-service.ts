import { Lifetime, type ContextServices } from '../context';
import { ChatError, NotFoundError, UnavailableError } from '../errors';
import { receiveAnnounced, receiveDirect, type Environment, type IncomingFile } from '../operations';
import type { Attachment } from '../protocol';
import type { Awaitable, AttachmentHttp, AttachmentLink, StoredBytes, StoreScope } from '../store';
import { takeUpload, type RateLimitOptions } from './rate-limit';

/** The upload of a file, as an adapter passes it in. */
export interface IncomingUpload {
  requestId: string;
  /** Starts to read the body; reading fails with the signal's reason when the signal aborts. */
  openFile: (signal: AbortSignal) => Promise<IncomingFile>;
}

/** The parts of its app that the service uses. */
export interface AttachmentServiceParts<TRequest> {
  readonly env: Environment;
  readonly services: ContextServices;
  readonly http: AttachmentHttp;
  readonly rateLimit: RateLimitOptions | undefined;
  /** Finds the user of a request. */
  readonly identify: (request: TRequest) => Awaitable<Omit<StoreScope, 'signal'>>;
  /** Refuses work when the app is closing, waits until it is ready, and keeps it from closing meanwhile. */
  readonly admit: <T>(work: () => Promise<T>, lifetime: Lifetime) => Promise<T>;
}

/** Work that is aborted when the app closes. */
interface Work {
  readonly lifetime: Lifetime;
  readonly done: Promise<unknown>;
}

/** Receives and serves the bytes of attachments for adapters. */
export class AttachmentService<TRequest> {
  private readonly underWay = new Set<Work>();

  constructor(private readonly parts: AttachmentServiceParts<TRequest>) {}

  /** Receives the bytes of an announced attachment. The signed link authorises it. */
  uploadTo(id: string, query: URLSearchParams, upload: IncomingUpload): Promise<Attachment> {
    const { http, env } = this.parts;
    return this.take(upload, async (signal, openFile) => {
      if (!http.twoPhase) throw new NotFoundError('There is no such link.');
      const link = http.checkLink('upload', id, query);
      return receiveAnnounced({ env, http, scope: scopeOf(link, signal), openFile }, id, link);
    });
  }

  /** Receives a file that was not announced, for the owner of the request. */
  uploadDirect(request: TRequest, upload: IncomingUpload): Promise<Attachment> {
    const { http, env, identify, rateLimit } = this.parts;
    return this.take(upload, async (signal, openFile) => {
      if (!http.direct) throw new NotFoundError('Announce files first, by attachments.create.');
      const scope = { ...(await identify(request)), signal };
      const counted = rateLimit && (await takeUpload(rateLimit, scope.owner));
      return receiveDirect({
        env,
        http,
        scope,
        openFile: async () => {
          const file = await openFile();
          return counted === undefined ? file : { ...file, bytes: counted(file.bytes) };
        },
      });
    });
  }

  /** Returns the record and the bytes of an attachment. The signed link authorises it. */
  preview(id: string, query: URLSearchParams): Promise<{ attachment: Attachment; file: StoredBytes }> {
    const { http, env } = this.parts;
    return this.whileOpen(async ({ signal }) => {
      const scope = scopeOf(http.checkLink('preview', id, query), signal);
      return { attachment: await env.store.loadAttachment(scope, id), file: await http.read(scope, id) };
    });
  }

  /** Aborts the uploads in progress, which leave nothing behind. */
  async close(): Promise<void> {
    const works = [...this.underWay];
    for (const { lifetime } of works) {
      lifetime.abort(new UnavailableError('The server is shutting down.'));
    }
    await Promise.allSettled(works.map(({ done }) => done));
  }

  private async take(
    { requestId, openFile }: IncomingUpload,
    receive: (signal: AbortSignal, openFile: () => Promise<IncomingFile>) => Promise<Attachment>,
  ): Promise<Attachment> {
    try {
      return await this.whileOpen(({ signal }, goesOn) =>
        receive(signal, async () => {
          const file = await openFile(signal);
          return { ...file, bytes: each(file.bytes, goesOn) };
        }),
      );
    } catch (error) {
      this.report(error, requestId);
      throw error;
    }
  }

  /**
   * Runs work with its own lifetime of `maxRunTime`, like a request. In uploads it restarts with each
   * chunk, since large files take long. Aborted work has `cancelGrace` to clean up.
   */
  private async whileOpen<T>(work: (lifetime: Lifetime, goesOn: () => void) => Promise<T>): Promise<T> {
    const { admit, env } = this.parts;
    const { maxRunTime, cancelGrace } = env.run;
    const lifetime = new Lifetime();
    const goesOn = (): void => lifetime.expireIn(maxRunTime);
    const done = admit(() => withGrace(work(lifetime, goesOn), lifetime, cancelGrace), lifetime);
    const entry = { lifetime, done };
    this.underWay.add(entry);
    try {
      return await done;
    } finally {
      lifetime.end();
      this.underWay.delete(entry);
    }
  }

  /** Logs errors such as a full disk, which the client gets too, but only the operator can fix. */
  private report(error: unknown, requestId: string): void {
    if (!(error instanceof ChatError) || error.status < 500 || error instanceof UnavailableError) return;
    this.parts.services.logger.error({ err: error, requestId }, 'a file could not be stored');
  }
}

/** A link contains its owner, but there is no request context. */
function scopeOf({ owner }: AttachmentLink, signal: AbortSignal): StoreScope {
  return { owner, requestContext: undefined, signal };
}

/** Waits for work. After the end of its lifetime, waits at most `graceMs` longer. */
async function withGrace<T>(work: Promise<T>, lifetime: Lifetime, graceMs: number): Promise<T> {
  try {
    return await lifetime.until(work);
  } catch (error) {
    if (!lifetime.aborted) throw error;
    const grace = new Lifetime();
    grace.expireIn(graceMs);
    try {
      return await grace.until(work);
    } catch (late) {
      throw grace.aborted ? error : late;
    } finally {
      grace.end();
    }
  }
}

/** Yields the same chunks, and calls `seen` for each. */
async function* each(bytes: AsyncIterable<Uint8Array>, seen: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    seen();
    yield chunk;
  }
}
