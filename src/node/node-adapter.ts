import type { ServerResponse } from 'node:http';
import type { ServedApp } from '../app';
import { HttpService, type Answerer, type Asked } from '../transport';
import { NodeRequest, type MaybeParsed } from './node-request';
import { writeAnswer } from './write-answer';

/** Answers the requests of one app on Node's own request and response. */
export class NodeAdapter<TRequest extends MaybeParsed> {
  private readonly service: HttpService<TRequest>;

  constructor(app: ServedApp<TRequest>) {
    this.service = new HttpService(app);
  }

  /** Never rejects, never throws: whatever goes wrong is answered or logged. */
  serve(req: TRequest, res: ServerResponse): void {
    void this.answer(this.service.chat, req, res);
  }

  /**
   * Answers a request below the mount, if it is for an attachment or, in development, for the registry.
   *
   * @param url relative to the mount
   * @returns whether the request is this adapter's
   */
  serveBelow(url: string, req: TRequest, res: ServerResponse): boolean {
    return this.serveBeside({ method: req.method, url, mount: 'known' }, req, res);
  }

  /** Answers a request that a router has led to the chat, which does not know where its mount is. */
  serveRouted(req: TRequest, res: ServerResponse): void {
    const asked = { method: req.method, url: req.url ?? '/', mount: 'unknown' } as const;
    if (!this.serveBeside(asked, req, res)) this.serve(req, res);
  }

  /** Answers a request for a path where nothing is. */
  serveNotFound(message: string, req: TRequest, res: ServerResponse): void {
    void this.answer(this.service.notFound(message), req, res);
  }

  close(options?: { timeoutMs?: number }): Promise<void> {
    return this.service.close(options);
  }

  private serveBeside(asked: Asked, req: TRequest, res: ServerResponse): boolean {
    const answerer = this.service.beside(asked);
    if (answerer === undefined) return false;
    void this.answer(answerer, req, res);
    return true;
  }

  private async answer(answerer: Answerer<TRequest>, req: TRequest, res: ServerResponse): Promise<void> {
    // Middleware before this one may have taken its time, and the client may not have waited.
    if (res.destroyed || res.writableEnded) return;
    const { logger } = this.service.app.services;
    const request = new NodeRequest(req);
    const exchange = this.service.exchange(request);
    const { requestId } = exchange;
    // Before any asynchronous work: a client that leaves early must be seen.
    res.on('close', () => exchange.left());
    res.on('error', (error) => logger.debug({ err: error, requestId }, 'a response broke off'));
    try {
      const answer = await exchange.answer(answerer);
      if (answer !== undefined) await writeAnswer(answer, request, res);
    } catch (error) {
      logger.error({ err: error, requestId }, 'a response could not be written');
      res.destroy();
    }
  }
}

/** What of a URL lies below a path: empty, `/…` or `?…`. `undefined` when the URL is not at that path. */
export function belowPath(url: string, path: string): string | undefined {
  if (!url.startsWith(path)) return undefined;
  const rest = url.slice(path.length);
  return rest === '' || rest.startsWith('/') || rest.startsWith('?') ? rest : undefined;
}

/** Whether what lies below a mount is the mount itself, with or without a slash or a query. */
export function isRoot(below: string): boolean {
  return below === '' || below.startsWith('?') || below === '/' || below.startsWith('/?');
}
