import type { ServedApp } from '../app';
import { answerAttachment } from './answer-attachment';
import { answerRegistry, isRegistryUrl } from './answer-registry';
import { attachmentRoute } from './attachment-route';
import type { Answerer } from './http-answer';

export interface Asked {
  method: string | undefined;
  /** Path and query: relative to the chat's mount, or the whole where the mount is not known. */
  url: string;
  mount: 'known' | 'unknown';
}

/**
 * What answers a request for something else than the chat itself: an attachment or, in development,
 * the registry. `undefined` when the request is for neither.
 */
export function besideChat<TRequest>(
  app: ServedApp<TRequest>,
  { method, url, mount }: Asked,
): Answerer<TRequest> | undefined {
  const { attachments, http } = app;
  // Where the mount is not known, the chat itself may be at such a path, and takes POST alone.
  const mayBeRegistry = mount === 'known' || method === 'GET' || method === 'HEAD';
  if (http.showRegistry && mayBeRegistry && isRegistryUrl(url, mount)) {
    return ({ request }) => answerRegistry(() => app.registry(), request, http.cors);
  }
  const route = attachments && attachmentRoute(url, mount);
  return route && ((exchange) => answerAttachment(attachments, route, exchange, http.cors));
}
