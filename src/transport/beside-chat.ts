import type { ServedApp } from '../app';
import { answerAttachment } from './answer-attachment';
import { answerGet } from './answer-get';
import { attachmentRoute } from './attachment-route';
import type { Answerer } from './http-answer';

export interface Asked {
  method: string | undefined;
  /** Path and query: relative to the chat's mount, or the whole where the mount is not known. */
  url: string;
  mount: 'known' | 'unknown';
}

/**
 * What answers a request for something else than the chat itself: an attachment, the health of this
 * process or, in development, the registry. `undefined` when the request is for none of them.
 */
export function besideChat<TRequest>(
  app: ServedApp<TRequest>,
  { method, url, mount }: Asked,
): Answerer<TRequest> | undefined {
  const { attachments, http } = app;
  // Where the mount is not known, the chat itself may be at such a path, and takes POST alone.
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

/** The one segment below the mount; of a whole URL, the last one. */
function nameOf(url: string, mount: Asked['mount']): string | undefined {
  const [path = ''] = url.split('?');
  return (mount === 'known' ? /^\/(\w+)\/?$/ : /\/(\w+)\/?$/).exec(path)?.[1];
}

/** For people and tools, while an application is being developed. */
async function registryOf(app: ServedApp<never>): Promise<{ status: number; text: string }> {
  return { status: 200, text: JSON.stringify(app.registry(), undefined, 2) };
}

/** For anybody who asks, and so without a reason: the log and `ChatKitApp.health` have that. */
async function healthOf(app: ServedApp<never>): Promise<{ status: number; text: string }> {
  const { isReady } = await app.health();
  return isReady
    ? { status: 200, text: '{"status":"ok"}' }
    : { status: 503, text: '{"status":"unavailable"}' };
}
