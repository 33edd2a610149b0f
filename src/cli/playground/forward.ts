import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { buffer } from 'node:stream/consumers';
import { messageOf } from '../../errors';
import { isFromForeignPage, isOwnHost } from '../../transport';

export interface Backend {
  readonly url: URL;
  /** Sent with every request. */
  readonly headers: Headers;
}

/** Headers of this connection and host, and headers that would make it look like a request of a page. */
const NOT_SENT =
  /^(?:host|connection|content-length|transfer-encoding|cookie|origin|referer|accept-encoding|sec-.*)$/;

/** Headers of the connection to the backend, and cookies, which would be set for localhost. */
const NOT_RETURNED =
  /^(?:connection|content-length|content-encoding|transfer-encoding|set-cookie|access-control-.*)$/;

/**
 * Forwards a request to the backend, and streams the answer back. Only requests of the playground's own page
 * are accepted, since the added headers may be secrets.
 *
 * @param below path and query below the backend's URL
 */
export async function forward(
  { url, headers }: Backend,
  below: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const header = (name: string): string | undefined => request.headers[name]?.toString();
  if (!isOwnHost(header('host')) || isFromForeignPage(header)) {
    refuse(response, 403, 'foreign_origin', 'Only the page of the playground may ask here.');
    return;
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    const { method = 'GET' } = request;
    const answer = await fetch(urlBelow(url, below), {
      method,
      headers: sentHeaders(request, headers),
      body: method === 'GET' || method === 'HEAD' ? null : await buffer(request),
      signal: gone.signal,
      redirect: 'manual',
    });
    response.writeHead(answer.status, returnedHeaders(answer.headers));
    if (answer.body === null) response.end();
    else await pipeline(Readable.fromWeb(answer.body), response);
  } catch (error) {
    if (response.headersSent) response.destroy();
    else refuse(response, 502, 'backend_unreachable', `The backend does not answer: ${reasonOf(error)}`);
  }
}

function urlBelow(url: URL, below: string): URL {
  const target = new URL(url);
  const [path = '', query] = below.split('?');
  target.pathname = target.pathname.replace(/\/$/, '') + path || '/';
  if (query !== undefined) target.search += `${target.search === '' ? '' : '&'}${query}`;
  return target;
}

function sentHeaders(request: IncomingMessage, own: Headers): Headers {
  const sent = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (!NOT_SENT.test(name) && value !== undefined) sent.set(name, value.toString());
  }
  own.forEach((value, name) => sent.set(name, value));
  return sent;
}

function returnedHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !NOT_RETURNED.test(name)));
}

/** The message of fetch is always "fetch failed". Its cause may have only a code, for several addresses. */
function reasonOf(error: unknown): string {
  const { cause = error } = error as { cause?: unknown };
  return messageOf(cause) || String((cause as NodeJS.ErrnoException).code);
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { code, message } }));
}
