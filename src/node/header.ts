import type { IncomingMessage } from 'node:http';
import type { HeaderReader } from '../transport';

/** Reads a request's headers; of one that came several times, the first. */
export function headerOf(req: IncomingMessage): HeaderReader {
  return (name) => {
    const value = req.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
}
