import {
  consoleLogger,
  safeLogger,
  safeTelemetry,
  type ContextServices,
  type RequestContext,
} from '../context';
import { ActiveRuns, threadDeleted, WaitingPlaces, type Environment } from '../operations';
import { DEFAULT_LIMITS, isRecord } from '../protocol';
import { generateId, isPromise, threadKey, type Clock } from '../store';
import { InProcessThreadLock } from '../stores';
import { ActionSigner, type SigningOptions } from '../widgets';
import { BuiltApp, SERVED, type ChatKitApp } from './chat-kit-app';
import { buildHandlers } from './handlers';
import { kindProblems } from './option-kinds';
import { DEFAULTS, optionProblems, type ChatKitOptions, type NeededContext } from './options';
import { Checkpoints } from './checkpoints';
import { ExpiredValues } from './expired-values';
import { StoreProbe } from './health';
import { Lease } from './lease';
import { observedLock } from './observed/observed-lock';
import { observedStore } from './observed/observed-store';
import { Startup } from './startup';
import { hasStartupLine, startupLine } from './startup-line';
import { widgetWarnings } from './widget-warnings';
import { Identity } from './served-app';

/**
 * Builds a chat application. Adapters serve it: `chatkit-controllers/express`, `/node` and `/fetch`.
 *
 * @throws StartupError with all problems, each with its fix
 *
 * @example
 * const app = createChatKit({ controllers: [ItemController], store: new MemoryStore(), owner: 'shared' });
 */
export function createChatKit<TRequest = unknown, TContext extends RequestContext = RequestContext>(
  options: ChatKitOptions<TRequest, TContext> & NeededContext,
): ChatKitApp<TRequest, TContext> {
  // A logger that is not an object is one of the problems below.
  const logger = safeLogger(isRecord(options.logger) ? options.logger : consoleLogger);
  const telemetry = options.telemetry && safeTelemetry(options.telemetry, logger);
  const mode = options.mode ?? (process.env['NODE_ENV'] === 'production' ? 'production' : 'development');
  const { table, definitions, widgetCheck, registry } = buildHandlers(
    {
      controllers: options.controllers,
      widgets: Array.isArray(options.widgets) ? options.widgets : [],
      mode,
      unknownFields: options.unknownFields ?? 'drop',
      guards: options.guards ?? [],
      interceptors: options.interceptors ?? [],
      filters: options.filters ?? [],
      container: options.container,
      signing: options.signing !== undefined,
      actionsFromWidgetOnly: options.actionsFromWidgetOnly ?? false,
      telemetry,
    },
    [...optionProblems(options), ...kindProblems(options)],
  );
  const store = telemetry === undefined ? options.store : observedStore(options.store, telemetry);
  const lock = options.threads?.lock ?? options.store.threadLock ?? new InProcessThreadLock();
  const services: ContextServices = {
    store,
    logger,
    telemetry,
    generateId: options.generateId ?? generateId,
    now: options.now,
    check: mode === 'development',
    inspectWidget: mode === 'development' ? widgetWarnings(widgetCheck) : undefined,
    handlesAction: (name) => table.action(name) !== undefined,
    signer: signerOf(options, mode),
  };
  const maxRunTime = options.maxRunTime ?? DEFAULTS.maxRunTime;
  const lease = new Lease(services);
  const env: Environment = {
    store,
    attachmentStore: options.attachmentStore,
    table,
    nearestAction: (name) => widgetCheck.nearest('action', name),
    lock: telemetry === undefined ? lock : observedLock(lock, telemetry),
    threads: {
      concurrency: options.threads?.concurrency ?? 'queue',
      waitMs: options.threads?.waitMs ?? DEFAULTS.waitMs,
      places: new WaitingPlaces(options.threads?.maxWaiting ?? DEFAULTS.maxWaiting),
    },
    run: {
      onDisconnect: options.onDisconnect ?? 'cancel',
      cancelGrace: options.cancelGrace ?? DEFAULTS.cancelGrace,
      maxRunTime,
      instance: lease.instance,
      left: lease.left,
    },
    runs: new ActiveRuns(),
  };
  const cleanup = (): void => {
    if (options.attachmentStore?.keepUnsentMs === undefined) return;
    // In the background: nothing waits for it.
    app.cleanUpAttachments().catch((error: unknown) => {
      services.logger.warn({ err: error }, 'attachments could not be cleaned up');
    });
  };
  const checkpoints = new Checkpoints(env.runs, services);
  const expiredValues = new ExpiredValues(services);
  const startup = startupOf(services, lease, expiredValues, () => {
    checkpoints.start();
    cleanup();
  });
  const identity = new Identity(
    { context: options.context ?? (() => ({}) as TContext), owner: options.owner },
    services.logger,
    mode === 'development',
  );
  const stopListening = options.store.onThreadDeleted?.((owner, threadId) => {
    void env.runs.discard(threadKey(owner, threadId), threadDeleted());
  });
  const app = new BuiltApp<TRequest, TContext>(
    {
      env,
      stopListening,
      services,
      bodyLimit: options.bodyLimit ?? DEFAULTS.bodyLimit,
      limits: { ...DEFAULT_LIMITS, ...options.limits },
      rateLimit: options.rateLimit,
      identity,
      registry,
      startup,
      lease,
      checkpoints,
      expiredValues,
      probe: new StoreProbe(options.store),
      http: {
        cors: options.cors,
        heartbeatMs: options.heartbeatMs ?? DEFAULTS.heartbeatMs,
        showRegistry: mode === 'development',
        showHealth: options.health ?? false,
      },
    },
    { identity, widgets: options.widgets ?? [], widgetCheck },
  );
  if (startup === undefined) cleanup();
  if (hasStartupLine(mode)) {
    services.logger.info({ handlers: definitions.length }, startupLine(definitions));
  }
  return app;
}

/** Returns a given app, also one that another copy of this package built; builds one from given options. */
export function toApp<TRequest, TContext extends RequestContext>(
  given: ChatKitApp<TRequest, TContext> | (ChatKitOptions<TRequest, TContext> & NeededContext),
): ChatKitApp<TRequest, TContext> {
  return SERVED in given ? given : createChatKit(given);
}

/**
 * Without keys, only development has a signer: it refuses widgets that ask for a signature. Production saves
 * that check of each widget; an app whose handlers require signatures does not start without keys.
 */
function signerOf(
  { signing, now }: { signing?: SigningOptions; now?: Clock },
  mode: string,
): ActionSigner | undefined {
  if (signing !== undefined) return new ActionSigner(signing, now);
  return mode === 'development' ? new ActionSigner({ keys: [] }) : undefined;
}

/** Migrates the store, takes the lease and deletes expired values; requests wait for it. */
function startupOf(
  services: ContextServices,
  lease: Lease,
  expiredValues: ExpiredValues,
  then: () => void,
): Startup | undefined {
  const { admin } = services.store;
  if (admin === undefined) return undefined;
  const work = async (): Promise<void> => {
    const migrated = admin.migrate();
    if (isPromise(migrated)) await migrated;
    await lease.start();
    await expiredValues.start();
  };
  return new Startup(work, services.logger, then);
}
