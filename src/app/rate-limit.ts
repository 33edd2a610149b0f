import { ChatError } from '../errors';
import type { ChatKitRequest, Operation } from '../protocol';
import type { Awaitable, LimitReached, RateLimiter } from '../store';

/** What limits requests, and what each of them counts. */
export interface RateLimitOptions {
  limiter: RateLimiter;
  /**
   * How many points a request takes; 0 for none. By default 1 for all that may call a handler or keep
   * a file, and 0 for reading, renaming and deleting.
   */
  points?: (request: ChatKitRequest) => number;
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
 * Takes the points of a request; `undefined` where it is free.
 *
 * @throws ChatError `rate_limited`, 429
 */
export function takePoints(
  { limiter, points = costOf }: RateLimitOptions,
  owner: string,
  request: ChatKitRequest,
): Awaitable<void> {
  const cost = points(request);
  if (cost <= 0) return;
  return limiter.consume(owner, cost).then(noop, (error: unknown) => {
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
  // what limiters resolve to is of their own
}
