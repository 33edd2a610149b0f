import type { IncomingMessage, ServerResponse } from 'node:http';
import { LINGER_MS } from '../transport';

/**
 * Sends the last of a response, whose head has been written. A client that is still sending gets the
 * answer at once; the connection stays open until the rest of its request has been read and dropped, or
 * the time for that is up. The end of a response may close the connection, which resets it while bytes
 * are on their way, and the client would never read why it was refused.
 *
 * @param free resolves when nothing else reads the request's body
 */
export function endResponse(
  req: IncomingMessage,
  res: ServerResponse,
  text = '',
  free: Promise<unknown> = Promise.resolve(),
): void {
  if (req.complete || req.destroyed) {
    res.end(text);
    return;
  }
  res.flushHeaders();
  if (text !== '') res.write(text);
  const timer = setTimeout(() => req.destroy(), LINGER_MS).unref();
  const settle = (): void => {
    clearTimeout(timer);
    if (!res.writableEnded) res.end();
  };
  req.on('end', settle).on('close', settle);
  void free.then(() => req.resume());
}
