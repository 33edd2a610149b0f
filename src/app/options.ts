import type { Logger, RequestContext, Telemetry } from '../context';
import type { StartupProblem } from '../errors';
import type { Class, Container, FilterLike, GuardLike, InterceptorLike } from '../metadata';
import type { RequestLimits } from '../protocol';
import type { WidgetExample } from '../checks';
import type { RateLimitOptions } from './rate-limit';
import {
  areStrongKeys,
  type AttachmentStore,
  type Awaitable,
  type GenerateId,
  type Store,
  type ThreadLock,
  type Clock,
} from '../store';
import type { SigningOptions } from '../widgets';

/** Which pages of other origins may call the chat from a browser. */
export interface CorsOptions {
  /** Origins such as `https://shop.example`, a function that decides, or `'*'` for all (no `credentials`). */
  origins: '*' | readonly string[] | ((origin: string) => boolean);
  /** Whether requests may send cookies. */
  credentials?: boolean;
}

/** How requests to the same thread wait for each other. */
export interface ThreadOptions {
  /**
   * What happens to a request while its thread has a run: `queue` (default) lets it wait, `reject` refuses
   * it with 409, `parallel` runs it at once. Sync actions, renaming, feedback and lists never wait.
   */
  concurrency?: 'queue' | 'reject' | 'parallel';
  /** How long a request waits, in milliseconds; 30,000 by default. */
  waitMs?: number;
  /** How many requests may wait for one thread; 16 by default. The next is refused with 409. */
  maxWaiting?: number;
  /** The lock of threads; by default that of the store, or if it has none, one within this process. */
  lock?: ThreadLock;
}

/** Makes the option `context` required if `Register` declares a type that its default, `{}`, does not fit. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- the type of that default
export type NeededContext = {} extends RequestContext ? object : { context: unknown };

/** `TRequest` is the adapter's request; `TContext` is what `context` returns for it. */
export interface ChatKitOptions<TRequest = unknown, TContext = RequestContext> {
  /** Classes; or instances, if they have constructor arguments and there is no `container`. */
  controllers: readonly (Class | object)[];
  /**
   * Templates and example widgets. The app does not start unless every action in them has a handler
   * that accepts its payload. See `ChatKitApp.check`.
   */
  widgets?: readonly WidgetExample[];
  store: Store;
  attachmentStore?: AttachmentStore;
  /**
   * Returns what handlers read as `ctx.requestContext`. `null` or an `UnauthorizedError` is answered
   * with 401.
   */
  context?: (request: TRequest) => Awaitable<TContext | null | undefined>;
  /** Returns whose threads a request may access; an empty owner is 401. `'shared'`: there are no users. */
  owner: 'shared' | ((context: TContext) => string | null | undefined);

  /** `development` checks events and warns about silent mistakes. By default from NODE_ENV. */
  mode?: 'development' | 'production';
  guards?: readonly GuardLike[];
  interceptors?: readonly InterceptorLike[];
  filters?: readonly FilterLike[];
  container?: Container;
  /** Whether payload fields that a DTO does not declare are dropped (default), refused or kept. */
  unknownFields?: 'drop' | 'refuse' | 'keep';
  /** The keys for signed actions (`sign` in their options). */
  signing?: SigningOptions;
  /**
   * Whether an action is accepted only if the stored widget that sent it contains it. By default, every
   * action with a handler is accepted. `fromWidgetOnly` of `@OnAction` overrides it for one handler.
   */
  actionsFromWidgetOnly?: boolean;

  /** The largest body, in bytes; 8 MiB by default. */
  bodyLimit?: number;
  /** Limits of a request body, and of the text that a user sends at once. */
  limits?: Partial<RequestLimits>;
  /** How many requests an owner may send; no limit by default. Further ones are answered with 429. */
  rateLimit?: RateLimitOptions;
  cors?: CorsOptions;
  /** Time between comments that keep an idle stream open, in milliseconds; 15,000 by default, 0 for none. */
  heartbeatMs?: number;
  /**
   * Whether `GET /health` below the mount path answers load balancers: 200 while the app accepts requests
   * and the store answers, else 503. `false` by default. See `ChatKitApp.health`.
   */
  health?: boolean;

  /** Whether a run is cancelled (default) or goes on when its client leaves. */
  onDisconnect?: 'cancel' | 'finish';
  /** How long a cancelled handler may take to end, in milliseconds; 5,000 by default. */
  cancelGrace?: number;
  /** How long a request and its run may take, in milliseconds; ten minutes by default. */
  maxRunTime?: number;
  threads?: ThreadOptions;

  /** A pino logger, or an object with its four methods. By default the console, without `debug`. */
  logger?: Logger;
  /**
   * Observes requests, handlers, stores and streams: `openTelemetry()` of
   * `chatkit-controllers/opentelemetry`.
   */
  telemetry?: Telemetry;
  generateId?: GenerateId;
  /**
   * Returns the time, in milliseconds since the epoch, for new threads, items and signatures, and for
   * `cleanUpThreads`. `Date.now` by default; tests can pass another clock.
   */
  now?: Clock;
}

export const DEFAULTS = Object.freeze({
  bodyLimit: 8 * 1024 * 1024,
  heartbeatMs: 15_000,
  cancelGrace: 5_000,
  maxRunTime: 600_000,
  waitMs: 30_000,
  maxWaiting: 16,
});

/** The longest delay that `setTimeout` accepts, in milliseconds. */
const MAX_DELAY = 2 ** 31 - 1;

/** Whether a browser may send it as `Origin`. Apps send their own schemes, sandboxed pages `null`. */
function isOrigin(origin: unknown): boolean {
  if (typeof origin !== 'string') return false;
  if (origin === 'null') return true;
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#\s*]+$/.test(origin)) return false;
  return !/^https?:/.test(origin) || (URL.canParse(origin) && new URL(origin).origin === origin);
}

/** Finds problems in the options, apart from the controllers. */
export function optionProblems<TRequest, TContext>(
  options: ChatKitOptions<TRequest, TContext>,
): StartupProblem[] {
  const problems: StartupProblem[] = [];
  const problem = (code: string, message: string, fix: string): void => {
    problems.push({ code, where: '', message, fix });
  };
  // Callers in JavaScript may leave out what the types require.
  const { store, owner, context } = options as Partial<ChatKitOptions<TRequest, TContext>>;
  if (typeof store?.loadThread !== 'function') {
    problem(
      'no_store',
      store === undefined
        ? 'there is no store.'
        : 'there is no store: the value of `store` has no `loadThread`.',
      'Give one: `store: new MemoryStore()`, or SqliteStore from chatkit-controllers/sqlite.',
    );
  }
  if (owner !== 'shared' && typeof owner !== 'function') {
    problem(
      'no_owner',
      'there is no `owner`, which says whose threads a request may access.',
      "Give `owner: (context) => context.userId`, or `owner: 'shared'` if there are no users.",
    );
  }
  if (typeof owner === 'function' && context === undefined) {
    problem(
      'no_context',
      '`owner` is a function, but there is no `context` to call it with.',
      'Give `context: (req) => ({ userId: … })`.',
    );
  }
  const { cors, threads, signing } = options;
  if (options.widgets !== undefined && !Array.isArray(options.widgets)) {
    problem(
      'no_widget_list',
      '`widgets` is not an array.',
      'Give an array of templates and example widgets.',
    );
  }
  if (cors?.origins === '*' && cors.credentials === true) {
    problem(
      'cors_any_with_credentials',
      "`cors.origins: '*'` cannot be combined with `credentials`.",
      'List the origins.',
    );
  }
  if (Array.isArray(cors?.origins)) {
    const wrong = (cors.origins as unknown[]).filter((origin) => !isOrigin(origin));
    if (wrong.length > 0) {
      problem(
        'bad_origin',
        `\`cors.origins\` has entries that no browser sends as an origin: ${wrong.map((origin) => JSON.stringify(origin)).join(', ')}.`,
        'Give origins as browsers send them: scheme and host in lower case, the port unless it is the usual one, no path.',
      );
    }
  }
  if (signing !== undefined && !areStrongKeys(signing.keys)) {
    problem(
      'weak_signing_key',
      '`signing.keys` must contain keys of at least 32 bytes.',
      'Make one with `openssl rand -base64 48`, keep it outside the code, and give the same to all processes.',
    );
  }
  if (signing?.expiresIn !== undefined && !(signing.expiresIn > 0)) {
    problem(
      'bad_number',
      `\`signing.expiresIn\` is ${String(signing.expiresIn)}.`,
      'Give a number of milliseconds above 0.',
    );
  }
  const numbers = {
    bodyLimit: options.bodyLimit,
    heartbeatMs: options.heartbeatMs,
    cancelGrace: options.cancelGrace,
    maxRunTime: options.maxRunTime,
    'threads.waitMs': threads?.waitMs,
    'threads.maxWaiting': threads?.maxWaiting,
  };
  for (const [name, value] of Object.entries(numbers)) {
    if (value === undefined || (Number.isInteger(value) && value >= 0 && value <= MAX_DELAY)) continue;
    problem(
      'bad_number',
      `\`${name}\` is ${String(value)}.`,
      `Give a whole number from 0 to ${String(MAX_DELAY)}.`,
    );
  }
  for (const [name, value] of Object.entries(options.limits ?? {})) {
    if (value >= 0) continue;
    problem('bad_number', `\`limits.${name}\` is ${String(value)}.`, 'Give a number from 0 on, or Infinity.');
  }
  return problems;
}
