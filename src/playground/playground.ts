import type { IncomingMessage, ServerResponse } from 'node:http';
import { SERVED } from '../app';
import { consoleLogger, safeLogger } from '../context';
import { BadRequestError, NotFoundError } from '../errors';
import { answerOnFetch } from '../fetch';
import { answerOnNode, belowPath } from '../node';
import {
  assertJson,
  emptyAnswer,
  jsonAnswer,
  MethodNotAllowedError,
  type Answerer,
  type HttpAnswer,
  type HttpApp,
  type HttpRequest,
} from '../transport';
import { assertOwnPage } from './assert-own-page';
import { dataRoutes } from './data-routes';
import type { PlaygroundOptions } from './options';
import { pageFiles, type PageFile } from './page-files';
import { pageHeaders } from './page-policy';

/** Enough for a widget or template that the user tries. `bytes` is in bytes. */
const BODY_LIMITS = { bytes: 4 * 1024 * 1024, values: 200_000 };

const DATA = /^\/api\/([a-z]+)$/;

/** A request as Express or connect passes it to a mounted handler. */
type MaybeMounted = IncomingMessage & { baseUrl?: string; originalUrl?: string };

/** The playground as a request handler. */
export interface Playground {
  /** For Express, connect and `node:http`. Without `next`, other paths get 404. */
  (req: IncomingMessage, res: ServerResponse, next?: (error?: unknown) => void): void;
  /** For servers with `Request` and `Response`. Resolves to `undefined` for other paths. */
  fetch(request: Request): Promise<Response | undefined>;
}

/**
 * Serves a page with which to use a whole ChatKit backend. By default, it is served in development only.
 *
 * @example
 * const chat = chatkit({ … });
 * app.use('/chatkit/playground', playground({ chat }));
 * app.use('/chatkit', chat);
 */
export function playground(options: PlaygroundOptions): Playground {
  const served = options.chat?.app[SERVED];
  const isEnabled = options.enabled ?? served?.http.showRegistry ?? process.env['NODE_ENV'] !== 'production';
  const logger = served?.services.logger ?? safeLogger(consoleLogger);
  const app: HttpApp = {
    http: { cors: undefined, heartbeatMs: 0, showRegistry: false, showHealth: false },
    services: { logger },
  };
  const mount = (options.path ?? '/chatkit/playground').replace(/\/$/, '');
  const answers = new PlaygroundAnswers(options);
  const handle = (req: MaybeMounted, res: ServerResponse, next?: (error?: unknown) => void): void => {
    const whole = req.originalUrl ?? req.url ?? '/';
    const below = req.baseUrl === undefined ? belowPath(whole, mount) : mountedPath(req, whole);
    const answerer = isEnabled && below !== undefined ? answers.to(below, whole) : notFound;
    if (answerer === notFound && next !== undefined) next();
    else void answerOnNode(app, answerer, req, res);
  };
  return Object.assign(handle, {
    async fetch(request: Request): Promise<Response | undefined> {
      const { pathname, search } = new URL(request.url);
      const below = belowPath(pathname + search, mount);
      if (!isEnabled || below === undefined) return undefined;
      return answerOnFetch(app, answers.to(below, pathname + search), request);
    },
  });
}

/** Express removes the mount from `url`, and leaves `/` even if the original URL has no trailing slash. */
function mountedPath({ url = '/', baseUrl = '' }: MaybeMounted, whole: string): string {
  const [path = ''] = whole.split('?');
  return path.length === baseUrl.length && baseUrl !== '' ? url.slice(1) : url;
}

const notFound: Answerer<unknown> = () => {
  throw new NotFoundError('There is nothing here.');
};

/** The answers for the paths below the mount. */
class PlaygroundAnswers {
  private readonly files = pageFiles();
  private readonly headers: Readonly<Record<string, string>>;
  private readonly routes: ReturnType<typeof dataRoutes>;

  constructor(private readonly options: PlaygroundOptions) {
    this.headers = pageHeaders(options);
    this.routes = dataRoutes(options);
  }

  /**
   * @param below path and query below the mount
   * @param whole path and query as the server received them
   */
  to(below: string, whole: string): Answerer<unknown> {
    const [path = '', query] = below.split('?');
    if (path === '') return () => redirect(whole, query);
    const name = DATA.exec(path)?.[1];
    if (name !== undefined) return ({ request }) => this.data(name, request);
    const file = (): PageFile | undefined => this.files().get(path.slice(1));
    return ({ request }) => this.file(file(), request);
  }

  private file(file: PageFile | undefined, { method }: HttpRequest<unknown>): HttpAnswer {
    if (file === undefined) throw new NotFoundError('The playground has no such file.');
    if (method !== 'GET' && method !== 'HEAD') {
      throw new MethodNotAllowedError('This path takes GET and HEAD.', 'GET, HEAD');
    }
    const headers = {
      ...this.headers,
      'content-type': file.type,
      'content-length': String(file.bytes.length),
      'cache-control': file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    };
    if (method === 'HEAD') return emptyAnswer(200, headers);
    return { status: 200, headers, body: { kind: 'bytes', bytes: oneChunk(file.bytes) } };
  }

  private async data(name: string, request: HttpRequest<unknown>): Promise<HttpAnswer> {
    const route = this.routes[name];
    if (route === undefined) throw new NotFoundError('The playground has no such data.');
    if (request.method !== 'POST') throw new MethodNotAllowedError('This path takes POST.', 'POST');
    assertOwnPage(request.header, this.options.hosts ?? []);
    assertJson(request.header, { unpacked: request.isParsed });
    const body = await request.json(BODY_LIMITS);
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new BadRequestError('The body must be a JSON object.');
    }
    const data = await route(body as Record<string, unknown>, request.native as never);
    const { status, headers, body: text } = jsonAnswer(JSON.stringify(data));
    return { status, headers: { ...headers, 'cache-control': 'no-store' }, body: text };
  }
}

/** The location is relative, since a proxy may have removed a prefix from the path. */
function redirect(whole: string, query: string | undefined): HttpAnswer {
  const [path = ''] = whole.split('?');
  const last = path.slice(path.lastIndexOf('/') + 1);
  return emptyAnswer(308, { location: `${last}/${query === undefined ? '' : `?${query}`}` });
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
