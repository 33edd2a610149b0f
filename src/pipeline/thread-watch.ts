import { isDeepStrictEqual } from 'node:util';
import { conformPatch, refusePromises, type ThreadMetadata, type ThreadStatus } from '../protocol';
import type { RunContext } from '../context';
import { chain, type Awaitable, type ThreadPatch } from '../store';

type Metadata = Record<string, unknown>;

/** The fields of a thread that a handler may change, as they were last seen. */
interface Seen {
  title: string | undefined;
  status: ThreadStatus;
  domains: readonly string[] | undefined;
  metadata: Metadata;
}

/**
 * Notices which fields of a thread a handler has changed, in place or anew, by their values. It looks
 * after every event, and so costs little where nothing has changed.
 */
export class ThreadWatch {
  private seen: Seen;

  constructor(private readonly thread: ThreadMetadata) {
    this.seen = seenIn(thread);
  }

  /** The changed fields with their new values, metadata by its keys; `undefined` when nothing has changed. */
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
   * Takes over the thread as it was saved, with what others changed meanwhile. A handler may hold on to
   * parts of its metadata: what is the same by value is left as it is.
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

/** Saves what has changed and returns the thread as it then is; `undefined` when nothing has. */
export function saveThreadChanges(
  watch: ThreadWatch,
  ctx: RunContext,
): Awaitable<ThreadMetadata | undefined> {
  const patch = watch.changes();
  if (patch === undefined) return undefined;
  refusePromises(patch, 'What was changed of the thread');
  return chain(ctx.services.store.patchThread(ctx, ctx.threadId, conformPatch(patch)), (saved) => {
    watch.accept(saved);
    return saved;
  });
}

/** A thread comes from a store, and so all in it is JSON. */
function seenIn({ title, status, allowed_image_domains: domains, metadata }: ThreadMetadata): Seen {
  return {
    title,
    status: { ...status },
    domains: domains && [...domains],
    metadata: isEmpty(metadata) ? {} : (JSON.parse(JSON.stringify(metadata)) as Metadata),
  };
}

/** What a handler in JavaScript has set to nothing is empty. */
function metadataOf(thread: ThreadMetadata): Metadata {
  const { metadata } = thread as { metadata?: Metadata | null };
  return metadata ?? {};
}

function isSameStatus(a: ThreadStatus, b: ThreadStatus): boolean {
  const reason = (status: ThreadStatus): string | undefined =>
    status.type === 'active' ? undefined : (status.reason ?? undefined);
  return a.type === b.type && reason(a) === reason(b);
}

/** What has other values now than before; a key that is gone has none. `undefined` where all is the same. */
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

/** As an own property, whatever the key is: `__proto__` is one like any other. */
function set(record: Metadata, key: string, value: unknown): void {
  Object.defineProperty(record, key, { value, writable: true, enumerable: true, configurable: true });
}

function isEmpty(record: Metadata): boolean {
  for (const _ in record) return false;
  return true;
}
