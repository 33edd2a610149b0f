import type { ContextServices } from '../context';
import type { Environment } from '../operations';
import type { RequestLimits } from '../protocol';
import type { RouteInfo } from '../registry';
import type { Awaitable } from '../store';
import type { Checkpoints } from './checkpoints';
import type { ExpiredValues } from './expired-values';
import type { StoreProbe } from './health';
import type { Lease } from './lease';
import type { CorsOptions } from './options';
import type { RateLimitOptions } from './rate-limit';
import type { Startup } from './startup';

/** A request, as an adapter passes it in. */
export interface Incoming<TRequest> {
  /** The argument of `context`. */
  request: TRequest;
  /** Reads and parses the body. Called at most once, after `context` and `owner` accepted the request. */
  readBody: (limits: BodyLimits) => Promise<unknown>;
  requestId: string;
  locale: string;
}

/** How large a body may be. */
export interface BodyLimits {
  readonly bytes: number;
  /** Number of values and keys. */
  readonly values: number;
}

/** Finds the user of a request. */
export interface Identifier<TRequest> {
  /** @throws UnauthorizedError, and errors of the application's `context` and `owner` */
  of(request: TRequest): Awaitable<{ requestContext: unknown; owner: string }>;
}

/** Everything that is needed to answer requests; built by `createChatKit`. */
export interface AppParts<TRequest> {
  readonly env: Environment;
  readonly services: ContextServices;
  /** In bytes. */
  readonly bodyLimit: number;
  readonly limits: RequestLimits;
  readonly rateLimit: RateLimitOptions | undefined;
  readonly identity: Identifier<TRequest>;
  /** Makes the store ready; `undefined` if the store needs no startup. */
  readonly startup: Startup | undefined;
  /** Shows other processes that this one is alive, so that they leave its runs alone. */
  readonly lease: Lease;
  readonly checkpoints: Checkpoints;
  readonly expiredValues: ExpiredValues;
  readonly probe: StoreProbe;
  /** Unsubscribes from deletions of threads; `undefined` if the store has no `onThreadDeleted`. */
  readonly stopListening: (() => void) | undefined;
  readonly http: HttpSettings;
  readonly registry: () => readonly RouteInfo[];
}

/** Settings that adapters read. */
export interface HttpSettings {
  readonly cors: CorsOptions | undefined;
  /** In milliseconds; 0 for none. */
  readonly heartbeatMs: number;
  /** Whether `GET /actions` below the mount path returns the registry: in development only. */
  readonly showRegistry: boolean;
  /** Whether `GET /health` below the mount path answers load balancers. */
  readonly showHealth: boolean;
}
