import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { endResponse } from './end-response';

/**
 * Sends the body of a response whose head has been written, each chunk when the client has taken those
 * before. What goes wrong now can be told by breaking off alone.
 *
 * @throws what a chunk failed with; that the client has left is no error
 */
export async function sendChunks(
  req: IncomingMessage,
  res: ServerResponse,
  chunks: Iterable<string>,
): Promise<void> {
  try {
    await pipeline(chunks, res, { end: false });
  } catch (error) {
    res.destroy();
    if ((error as NodeJS.ErrnoException | null)?.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    throw error;
  }
  endResponse(req, res);
}
