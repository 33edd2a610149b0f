import { ChatError } from '../errors';
import type { ChatKitRequest, Operation } from '../protocol';
import { chain, type Awaitable, type LimitReached, type RateLimiter } from '../store';

/** Limits the requests of an owner, and says how much each request counts. */
export interface RateLimitOptions {
  limiter: RateLimiter;
  /**
   * Returns how many points a request takes; 0 for none. By default 1 for requests that may call a handler
   * or store a file, and 0 for reading, renaming and deleting.
   */
  points?: (request: ChatKitRequest) => number;
  /**
   * Counts the bytes of files, one point for each byte: files that `attachments.create` announces, and files
   * uploaded without it. Give it its own `name` if it counts in the same store as `limiter`.
   */
  fileBytes?: RateLimiter;
}

const FREE: ReadonlySet<Operation> = new Set<Operation>([
  'threads.get_by_id',
  'threads.list',
  'threads.update',
  'threads.delete',
  'items.list',
  'attachments.delete',
]);

/**
 * Takes the points of a request and of the file that it announces. Returns `undefined` for a free request.
 *
 * @throws ChatError `rate_limited`, 429
 */
export function takePoints(
  { limiter, points = costOf, fileBytes }: RateLimitOptions,
  owner: string,
  request: ChatKitRequest,
): Awaitable<void> {
  const taking = take(limiter, owner, points(request));
  if (request.type !== 'attachments.create') return taking;
  const { size } = request.params;
  return chain(taking, () => take(fileBytes, owner, size));
}

/**
 * Takes the points of a file that was not announced: one before it is read, and those of its bytes after
 * the last of them, when their number is known.
 *
 * @returns wraps the bytes; the result may throw after the last of them
 * @throws ChatError `rate_limited`, 429
 */
export async function takeUpload(
  { limiter, fileBytes }: RateLimitOptions,
  owner: string,
): Promise<(bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>> {
  await take(limiter, owner, 1);
  return async function* counted(bytes) {
    let size = 0;
    for await (const chunk of bytes) {
      size += chunk.length;
      yield chunk;
    }
    await take(fileBytes, owner, size);
  };
}

function take(limiter: RateLimiter | undefined, owner: string, points: number): Awaitable<void> {
  if (limiter === undefined || points <= 0) return;
  return limiter.consume(owner, points).then(noop, (error: unknown) => {
    throw isLimitReached(error) ? rateLimited(error.msBeforeNext) : error;
  });
}

function costOf({ type }: ChatKitRequest): number {
  return FREE.has(type) ? 0 : 1;
}

function isLimitReached(error: unknown): error is LimitReached {
  return (
    typeof error === 'object' &&
    error !== null &&
    typeof (error as { msBeforeNext?: unknown }).msBeforeNext === 'number'
  );
}

function rateLimited(ms: number): ChatError {
  return new ChatError(
    'You have sent too much in a short time. Try again in a moment.',
    429,
    'rate_limited',
    {
      allowRetry: true,
      retryAfter: Math.max(1, Math.ceil(ms / 1000)),
    },
  );
}

function noop(): void {
  // drops what the limiter resolves to
}
