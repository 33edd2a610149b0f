import type { ChatKitOptions } from '../../app';
import type { RequestContext } from '../../context';
import type { ThreadStreamEvent } from '../../protocol';
import type { Store } from '../../store';

/**
 * The user who sends a request: the value that `context(req)` would return, or a name, short for `{ userId:
 * name }`.
 */
export type TestUser<TContext = RequestContext> = string | TContext;

/** A time, as ISO 8601, in milliseconds since the epoch, or as a `Date`. */
export type TestTime = string | number | Date;

/** How a test sends its requests. */
export interface TestClientOptions<TContext = RequestContext> {
  /** The user who sends; `'test-user'` by default. `chat.as(user)` returns a chat of another user. */
  user?: TestUser<TContext>;
  /**
   * Headers of every request, for an app whose `context` reads them.
   *
   * @example headers: (user) => ({ authorization: `Bearer ${tokenOf(user)}` })
   */
  headers?: Record<string, string> | ((user: TestUser<TContext>) => Record<string, string>);
  /** The language of the page, such as `de-CH`: `ctx.locale`. */
  locale?: string;
  /** Whether a run that ends with an error event throws a `ChatRunError`. By default it is in the result. */
  throwOnError?: boolean;
}

/** The options of `testChat`: those of the app; all but `controllers` are optional. */
export interface TestChatOptions<TContext = RequestContext>
  extends Omit<ChatKitOptions<Request, TContext>, 'store' | 'owner' | 'now'>, TestClientOptions<TContext> {
  /** A new `MemoryStore` by default. */
  store?: Store;
  /** The `userId` of the result of `context` by default. */
  owner?: ChatKitOptions<Request, TContext>['owner'];
  /**
   * Whether errors that the app logs are printed to the console; `true` by default. Set `false` in a test
   * that expects an error; `logs` contains it in any case.
   */
  printErrors?: boolean;
  /** `'counted'` for ids that are the same in each run of a test: `msg_1`, `wgt_1`. */
  ids?: 'counted' | 'random';
  /**
   * The time of a stopped clock, or a function that returns the time, so that the test can change it. A
   * number is in milliseconds since the epoch.
   *
   * @example now: '2026-01-01T12:00:00Z'
   */
  now?: TestTime | (() => TestTime);
}

/** How the client of a run behaves. */
export interface RunOptions {
  /**
   * The client disconnects after this many events, as the page's Stop button does. The handler does not get
   * past that event. The result is available when the run has ended.
   */
  hangUpAfter?: number;
  /**
   * Makes the client slow: it reads the next event only after the promise for this one has resolved, and the
   * handler waits as long. `true` waits a turn of the event loop after each event.
   *
   * @param count how many events the client has read, including this one
   */
  slow?: true | ((event: ThreadStreamEvent, count: number) => unknown);
  /** Like the option of `testChat`, for this run. */
  throwOnError?: boolean;
  /** Headers of this request only. */
  headers?: Record<string, string>;
  /** The metadata of the request envelope: `ctx.metadata`. */
  metadata?: Record<string, unknown>;
}
