import type { IncomingMessage } from 'node:http';
import type { Logger } from '../context';

/** Logs once that a POST of JSON was sent to a path other than the chat's, with the fix. */
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
