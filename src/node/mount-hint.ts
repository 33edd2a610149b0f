import type { IncomingMessage } from 'node:http';
import type { Logger } from '../context';

/** Says in the log, once, that a POST of JSON came to a path that is not the chat's, and what to write. */
export function mountHint(mount: string, logger: Logger): (req: IncomingMessage, url: string) => void {
  let said = false;
  return ({ method, headers }, url) => {
    if (said || method !== 'POST' || headers['content-type']?.startsWith('application/json') !== true) return;
    said = true;
    const [path = '/'] = url.split('?');
    logger.warn(
      { path },
      `POST ${path} was answered with 404. The chat is at ${mount}. If the request was for the chat, ` +
        `write chatkit(options, { path: '${path}' }).`,
    );
  };
}
