import type { ChatKitOptions } from '../../app';
import type { RequestContext } from '../../context';
import type { ThreadStreamEvent } from '../../protocol';
import type { Store } from '../../store';

/**
 * Who sends: what `context(req)` would have returned, or a name, which stands for `{ userId: name }`.
 */
export type TestUser<TContext = RequestContext> = string | TContext;

/** A time, as ISO 8601, in milliseconds since the epoch, or as a `Date`. */
export type TestTime = string | number | Date;

/** How requests are sent. */
export interface TestClientOptions<TContext = RequestContext> {
  /** Who sends; `'test-user'` by default. `chat.as(user)` is another. */
  user?: TestUser<TContext>;
  /**
   * Headers of every request, for an app whose `context` reads them.
   *
   * @example headers: (user) => ({ authorization: `Bearer ${tokenOf(user)}` })
   */
  headers?: Record<string, string> | ((user: TestUser<TContext>) => Record<string, string>);
  /** The language of the page, as `de-CH`: `ctx.locale`. */
  locale?: string;
  /** Whether a run that ends with an error event throws a `ChatRunError`. By default the result holds it. */
  throwOnError?: boolean;
}

/** The options of `testChat`: those of the app, of which all but `controllers` may be left out. */
export interface TestChatOptions<TContext = RequestContext>
  extends Omit<ChatKitOptions<Request, TContext>, 'store' | 'owner' | 'now'>, TestClientOptions<TContext> {
  /** By default a new `MemoryStore`. */
  store?: Store;
  /** By default the `userId` of what `context` returned. */
  owner?: ChatKitOptions<Request, TContext>['owner'];
  /**
   * Whether the console shows what the app logs as an error; `true` by default. A test that expects an
   * error sets `false`: `logs` has it all the same.
   */
  printErrors?: boolean;
  /** `'counted'` for ids that are the same in every run of a test: `msg_1`, `wgt_1`. */
  ids?: 'counted' | 'random';
  /**
   * The time: one at which the clock stands still, or a function that tells it, so that the test can move
   * it. A number is in milliseconds since the epoch.
   *
   * @example now: '2026-01-01T12:00:00Z'
   */
  now?: TestTime | (() => TestTime);
}

/** How the client of one run behaves. */
export interface RunOptions {
  /**
   * The client hangs up when it has read so many events, as the page's Stop does. The handler does not
   * get beyond that event. The result is there when the run has ended.
   */
  hangUpAfter?: number;
  /**
   * The client is slow: it asks for the next event when the promise for this one has resolved, and the
   * handler waits as long. `true` is a turn of the event loop for each event.
   *
   * @param count how many events the client has read, this one among them
   */
  slow?: true | ((event: ThreadStreamEvent, count: number) => unknown);
  /** As the option of `testChat`, for this run. */
  throwOnError?: boolean;
  /** Headers of this request alone. */
  headers?: Record<string, string>;
  /** The envelope's metadata: `ctx.metadata`. */
  metadata?: Record<string, unknown>;
}
