import type { ContextServices } from '../context';
import type { Environment } from '../operations';
import type { RequestLimits } from '../protocol';
import type { RouteInfo } from '../registry';
import type { Awaitable } from '../store';
import type { Checkpoints } from './checkpoints';
import type { StoreProbe } from './health';
import type { Lease } from './lease';
import type { CorsOptions } from './options';
import type { RateLimitOptions } from './rate-limit';
import type { Startup } from './startup';

/** A request as an adapter hands it in. */
export interface Incoming<TRequest> {
  /** What `context` is called with. */
  request: TRequest;
  /** Reads the body and parses it. Called once at most, when it is known who asks. */
  readBody: (limits: BodyLimits) => Promise<unknown>;
  requestId: string;
  locale: string;
}

/** How large a body may be. */
export interface BodyLimits {
  /** In bytes. */
  readonly bytes: number;
  /** Values and keys in it. */
  readonly values: number;
}

/** Tells who asks. */
export interface Identifier<TRequest> {
  /** @throws UnauthorizedError, and what the application's functions throw */
  of(request: TRequest): Awaitable<{ requestContext: unknown; owner: string }>;
}

/** What answering requests takes; `createChatKit` puts it together. */
export interface AppParts<TRequest> {
  readonly env: Environment;
  readonly services: ContextServices;
  /** In bytes. */
  readonly bodyLimit: number;
  readonly limits: RequestLimits;
  readonly rateLimit: RateLimitOptions | undefined;
  readonly identity: Identifier<TRequest>;
  /** Makes the store ready; `undefined` where there is nothing to make ready. */
  readonly startup: Startup | undefined;
  /** This process's, by which others know that its runs go on. */
  readonly lease: Lease;
  readonly checkpoints: Checkpoints;
  readonly probe: StoreProbe;
  /** Hears no more of threads that other processes delete; `undefined` where the store does not tell. */
  readonly stopListening: (() => void) | undefined;
  readonly http: HttpSettings;
  readonly registry: () => readonly RouteInfo[];
}

/** What adapters need to know. */
export interface HttpSettings {
  readonly cors: CorsOptions | undefined;
  /** In milliseconds; 0 for none. */
  readonly heartbeatMs: number;
  /** Whether `GET /actions` below the mount answers with the registry: in development only. */
  readonly showRegistry: boolean;
  /** Whether `GET /health` below the mount answers load balancers. */
  readonly showHealth: boolean;
}
