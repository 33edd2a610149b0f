import type { CheckReport, WidgetCheck, WidgetExample } from '../checks';
import { RunContext, type RequestContext } from '../context';
import type { RouteInfo } from '../registry';
import type { AppParts } from './app-parts';
import { cleanUpAttachments } from './clean-up-attachments';
import { cleanUpThreads, type ThreadAges } from './clean-up-threads';
import type { Health } from './health';
import { ObservedApp } from './observed/observed-app';
import { OutsideChat } from './outside-chat';
import { eraseOwner, exportOwner, type OwnerRecord } from './owner-data';
import { ServedApp, type Identity } from './served-app';

/** The key under which adapters find the `ServedApp`, also in apps of a second copy of this package. */
export const SERVED = Symbol.for('chatkit-controllers.served');

/**
 * A chat application, as {@link createChatKit} makes it. An adapter serves it:
 * `chatkit-controllers/express`, `/node` or `/fetch`.
 */
export interface ChatKitApp<TRequest = unknown, TContext = RequestContext> {
  /**
   * Resolves when the store is ready. Rejects with the store's error if the last attempt failed. The app
   * tries again by itself, so a later call can resolve.
   */
  ready(): Promise<void>;

  /**
   * Accesses threads outside a request: in a webhook, a job, a test.
   *
   * @param requestContext what `context(req)` would return
   * @throws UnauthorizedError if `owner` returns nothing for it
   *
   * @example
   * const thread = await app.as({ userId: 'u1' }).thread('thr_1');
   * await thread.add(assistantMessage('Your parcel has arrived.'));
   */
  as(requestContext: TContext): OutsideChat;

  /**
   * All actions and hooks as plain JSON data, with the JSON Schemas of their payloads. Built on the
   * first call.
   *
   * @example
   * app.registry().find(({ patterns }) => patterns.includes('item.select'))?.payload;
   * // { type: 'object', properties: { id: { type: 'string' } }, required: ['id'], … }
   */
  registry(): readonly RouteInfo[];

  /**
   * Checks widgets against the handlers. Returns all actions with their handlers, the problems, and the
   * handlers whose actions no widget sends. Problems do not throw.
   *
   * @param widgets examples and templates; by default those of the option `widgets`, which have no
   *   problems, since the app would not have started
   * @example
   * expect(app.check([cartWidget(sampleCart)]).problems).toEqual([]);
   */
  check(widgets?: readonly WidgetExample[]): CheckReport;

  /**
   * Deletes attachments that no message refers to, bytes and records. The app does it at startup for
   * those older than `keepUnsentMs` of the attachment store; call it regularly in a long-running server.
   *
   * @param options `olderThanMs`, in milliseconds; default: `keepUnsentMs` of the attachment store, or a day
   * @returns how many were deleted
   *
   * @example
   * setInterval(() => void app.cleanUpAttachments(), 3_600_000).unref();
   */
  cleanUpAttachments(options?: { olderThanMs?: number }): Promise<number>;

  /**
   * Deletes threads that are old, or to which no item was added for a long time, with their items and the
   * attachments that were sent in them, bytes and records. A thread that has a run is skipped. It reads
   * all threads, one after the other; if there are several processes, one of them is enough to call it.
   *
   * @param options in milliseconds; a thread is deleted if one of the two applies
   * @returns how many were deleted
   * @throws TypeError if both are missing
   *
   * @example
   * await app.cleanUpThreads({ idleForMs: 90 * 86_400_000 });
   */
  cleanUpThreads(options: ThreadAges): Promise<number>;

  /**
   * Yields all stored data of an owner as plain JSON: each thread followed by its items, hidden ones
   * included; then the records of attachments, and values. It does not read the attachment store.
   *
   * @throws DeveloperError `no_store_admin` when the store has no `admin`
   *
   * @example
   * for await (const record of app.exportOwner('ada')) file.write(`${JSON.stringify(record)}\n`);
   */
  exportOwner(owner: string): AsyncIterable<OwnerRecord>;

  /**
   * Deletes all data of an owner: threads (their runs are cancelled), items, attachments with their bytes,
   * values, and the owner's name in the records that keep the ids of deleted threads taken. Prevent the
   * owner from logging in first: data created meanwhile stays. If it fails, call it again.
   *
   * @throws DeveloperError `no_store_admin` when the store has no `admin`
   */
  eraseOwner(owner: string): Promise<void>;

  /**
   * Returns the state of this process for load balancers, supervisors and metrics. Never rejects. It reads
   * one value of the store, at most once a second. A store that does not answer within two seconds counts
   * as unreachable.
   *
   * @example
   * const { isReady, openRuns } = await app.health();
   */
  health(): Promise<Health>;

  /**
   * Refuses new requests, lets requests and runs end within `timeoutMs` (10,000 by default), then cancels
   * the rest and saves their text. The store stays open.
   */
  close(options?: { timeoutMs?: number }): Promise<void>;

  /** Only for the adapters of this package; may change in any release. */
  readonly [SERVED]: ServedApp<TRequest>;
}

/** What an app needs besides the parts that answer requests. */
export interface AppTools<TContext> {
  readonly identity: Pick<Identity<never, TContext>, 'ownerOf'>;
  /** The option `widgets`. */
  readonly widgets: readonly WidgetExample[];
  readonly widgetCheck: WidgetCheck;
}

/** The implementation of {@link ChatKitApp}. */
export class BuiltApp<TRequest, TContext> implements ChatKitApp<TRequest, TContext> {
  readonly [SERVED]: ServedApp<TRequest>;

  constructor(
    private readonly parts: AppParts<TRequest>,
    private readonly tools: AppTools<TContext>,
  ) {
    const { telemetry } = parts.services;
    this[SERVED] = telemetry === undefined ? new ServedApp(parts) : new ObservedApp(parts, telemetry);
  }

  async ready(): Promise<void> {
    await this.parts.startup?.ready();
  }

  as(requestContext: TContext): OutsideChat {
    const { services } = this.parts;
    const init = {
      operation: 'app.as' as const,
      requestId: services.generateId('run'),
      requestContext,
      owner: this.tools.identity.ownerOf(requestContext),
      locale: 'en',
      metadata: {},
    };
    return new OutsideChat(() => new RunContext(init, services));
  }

  registry(): readonly RouteInfo[] {
    return this.parts.registry();
  }

  check(widgets: readonly WidgetExample[] = this.tools.widgets): CheckReport {
    return this.tools.widgetCheck.report(widgets);
  }

  async cleanUpAttachments({ olderThanMs }: { olderThanMs?: number } = {}): Promise<number> {
    const { env, services } = this.parts;
    const { attachmentStore } = env;
    if (attachmentStore === undefined) return 0;
    const age = olderThanMs ?? attachmentStore.keepUnsentMs ?? 86_400_000;
    const now = Date.now();
    const ages = { before: now - age, noRunBefore: now - env.run.maxRunTime };
    return this[SERVED].admit(() => cleanUpAttachments(services, attachmentStore, ages));
  }

  cleanUpThreads(options: ThreadAges): Promise<number> {
    const { env, services } = this.parts;
    return this[SERVED].admit(() => cleanUpThreads(env, services, options));
  }

  async *exportOwner(owner: string): AsyncGenerator<OwnerRecord, void, undefined> {
    await this.ready();
    yield* exportOwner(this.parts.services, owner);
  }

  eraseOwner(owner: string): Promise<void> {
    const { env, services } = this.parts;
    return this[SERVED].admit(() => eraseOwner(env, services, owner));
  }

  health(): Promise<Health> {
    return this[SERVED].health();
  }

  close(options?: { timeoutMs?: number }): Promise<void> {
    return this[SERVED].close(options);
  }
}
