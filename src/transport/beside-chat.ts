import type { ServedApp } from '../app';
import { answerAttachment } from './answer-attachment';
import { answerGet } from './answer-get';
import { attachmentRoute } from './attachment-route';
import type { Answerer } from './http-answer';

export interface Asked {
  method: string | undefined;
  /** Path and query: relative to the chat's mount path, or the whole URL if that path is unknown. */
  url: string;
  mount: 'known' | 'unknown';
}

/**
 * Returns the answerer for a request to an attachment, the health endpoint or the registry. `undefined`
 * for all other requests, which are for the chat itself or for another handler.
 */
export function besideChat<TRequest>(
  app: ServedApp<TRequest>,
  { method, url, mount }: Asked,
): Answerer<TRequest> | undefined {
  const { attachments, http } = app;
  // If the mount path is unknown, the chat itself may be at such a path; it takes POST only.
  if (mount === 'known' || method === 'GET' || method === 'HEAD') {
    const name = nameOf(url, mount);
    if (http.showRegistry && name === 'actions') {
      return ({ request }) => answerGet(request, http.cors, () => registryOf(app));
    }
    if (http.showHealth && name === 'health') {
      return ({ request }) => answerGet(request, http.cors, () => healthOf(app));
    }
  }
  const route = attachments && attachmentRoute(url, mount);
  return route && ((exchange) => answerAttachment(attachments, route, exchange, http.cors));
}

/** The only segment below the mount path; the last segment of a whole URL. */
function nameOf(url: string, mount: Asked['mount']): string | undefined {
  const [path = ''] = url.split('?');
  return (mount === 'known' ? /^\/(\w+)\/?$/ : /\/(\w+)\/?$/).exec(path)?.[1];
}

/** For developers and tools, during development. */
async function registryOf(app: ServedApp<never>): Promise<{ status: number; text: string }> {
  return { status: 200, text: JSON.stringify(app.registry(), undefined, 2) };
}

/** Public, so it gives no reason; the log and `ChatKitApp.health` do. */
async function healthOf(app: ServedApp<never>): Promise<{ status: number; text: string }> {
  const { isReady } = await app.health();
  return isReady
    ? { status: 200, text: '{"status":"ok"}' }
    : { status: 503, text: '{"status":"unavailable"}' };
}
