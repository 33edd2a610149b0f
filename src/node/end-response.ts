import type { IncomingMessage, ServerResponse } from 'node:http';
import { LINGER_MS } from '../transport';

/**
 * Sends the end of a response whose headers have been written. A client that is still sending gets the
 * answer at once; the connection stays open until the rest of its request has been read and dropped, at
 * most {@link LINGER_MS}. Ending the response earlier may reset the connection while the client is sending,
 * and the client would never read the answer.
 *
 * @param free resolves when no other reader uses the request's body
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
