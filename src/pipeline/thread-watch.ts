import { isDeepStrictEqual } from 'node:util';
import { conformPatch, refusePromises, type ThreadMetadata, type ThreadStatus } from '../protocol';
import type { RunContext } from '../context';
import { chain, type Awaitable, type ThreadPatch } from '../store';

type Metadata = Record<string, unknown>;

/** The fields of a thread that a handler may change, with their last known values. */
interface Seen {
  title: string | undefined;
  status: ThreadStatus;
  domains: readonly string[] | undefined;
  metadata: Metadata;
}

/**
 * Detects which fields of a thread a handler has changed, in place or by assignment, by comparing values. It
 * runs after each event, so it is cheap when nothing has changed.
 */
export class ThreadWatch {
  private seen: Seen;

  constructor(private readonly thread: ThreadMetadata) {
    this.seen = seenIn(thread);
  }

  /** The changed fields with their new values, metadata key by key; `undefined` if nothing has changed. */
  changes(): ThreadPatch | undefined {
    const { thread, seen } = this;
    const title = thread.title ?? undefined;
    const domains = thread.allowed_image_domains ?? undefined;
    const metadata = changedKeys(metadataOf(thread), seen.metadata);
    const isSame = {
      title: title === seen.title,
      status: isSameStatus(thread.status, seen.status),
      domains: domains === seen.domains || isDeepStrictEqual(domains, seen.domains),
    };
    if (isSame.title && isSame.status && isSame.domains && metadata === undefined) return undefined;
    return {
      ...(isSame.title ? {} : { title }),
      ...(isSame.status ? {} : { status: thread.status }),
      ...(isSame.domains ? {} : { allowed_image_domains: domains }),
      ...(metadata === undefined ? {} : { metadata }),
    };
  }

  /**
   * Copies the saved thread, with the changes of others, into the handler's object. The handler may hold
   * references into its metadata, so values that are equal are left in place.
   */
  accept(saved: ThreadMetadata): void {
    const { thread } = this;
    const { title, status, allowed_image_domains } = saved;
    Object.assign(thread, { title, status, allowed_image_domains });
    thread.metadata = metadataOf(thread);
    for (const key of Object.keys(thread.metadata)) {
      if (!Object.hasOwn(saved.metadata, key)) Reflect.deleteProperty(thread.metadata, key);
    }
    const changed = changedKeys(saved.metadata, thread.metadata) ?? {};
    for (const key of Object.keys(changed)) set(thread.metadata, key, changed[key]);
    this.seen = seenIn(saved);
  }
}

/** Saves the changes and returns the saved thread; `undefined` if nothing has changed. */
export function saveThreadChanges(
  watch: ThreadWatch,
  ctx: RunContext,
): Awaitable<ThreadMetadata | undefined> {
  const patch = watch.changes();
  if (patch === undefined) return undefined;
  refusePromises(patch, 'The change of the thread');
  return chain(ctx.services.store.patchThread(ctx, ctx.threadId, conformPatch(patch)), (saved) => {
    watch.accept(saved);
    return saved;
  });
}

/** The thread comes from a store, so all values in it are JSON. */
function seenIn({ title, status, allowed_image_domains: domains, metadata }: ThreadMetadata): Seen {
  return {
    title,
    status: { ...status },
    domains: domains && [...domains],
    metadata: isEmpty(metadata) ? {} : (JSON.parse(JSON.stringify(metadata)) as Metadata),
  };
}

/** Metadata that a handler in JavaScript set to null or undefined counts as empty. */
function metadataOf(thread: ThreadMetadata): Metadata {
  const { metadata } = thread as { metadata?: Metadata | null };
  return metadata ?? {};
}

function isSameStatus(a: ThreadStatus, b: ThreadStatus): boolean {
  const reason = (status: ThreadStatus): string | undefined =>
    status.type === 'active' ? undefined : (status.reason ?? undefined);
  return a.type === b.type && reason(a) === reason(b);
}

/**
 * The keys whose values differ, with their new values; `undefined` for a removed key. No result if all are
 * equal.
 */
function changedKeys(now: Metadata, before: Metadata): Metadata | undefined {
  if (isEmpty(now) && isEmpty(before)) return undefined;
  let changed: Metadata | undefined;
  for (const key of Object.keys(now)) {
    if (Object.hasOwn(before, key) && isDeepStrictEqual(now[key], before[key])) continue;
    set((changed ??= {}), key, now[key]);
  }
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(now, key)) set((changed ??= {}), key, undefined);
  }
  return changed;
}

/** Defines an own property for any key, including `__proto__`. */
function set(record: Metadata, key: string, value: unknown): void {
  Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true });
}

function isEmpty(record: Metadata): boolean {
  for (const _ in record) return false;
  return true;
}
