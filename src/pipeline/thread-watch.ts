import type { ThreadMetadata } from '../protocol';
import type { RunContext } from '../context';
import { chain, type Awaitable, type ThreadPatch } from '../store';

const FIELDS = ['title', 'status', 'allowed_image_domains', 'metadata'] as const;

/** Notices which fields of a thread a handler has changed, in place or anew. */
export class ThreadWatch {
  private seen: readonly string[];

  constructor(private readonly thread: ThreadMetadata) {
    this.seen = snapshot(thread);
  }

  /** The changed fields with their new values; `undefined` when nothing has changed. */
  changes(): ThreadPatch | undefined {
    const { thread, seen } = this;
    const current = snapshot(thread);
    let patch: ThreadPatch | undefined;
    FIELDS.forEach((field, index) => {
      if (current[index] === seen[index]) return;
      patch = { ...patch, [field]: thread[field] };
    });
    return patch;
  }

  /** Takes over the thread as it was saved, with what others changed meanwhile. */
  accept(saved: ThreadMetadata): void {
    for (const field of FIELDS) Object.assign(this.thread, { [field]: saved[field] });
    this.seen = snapshot(this.thread);
  }
}

/** Saves what has changed and returns the thread as it then is; `undefined` when nothing has. */
export function saveThreadChanges(
  watch: ThreadWatch,
  ctx: RunContext,
): Awaitable<ThreadMetadata | undefined> {
  const patch = watch.changes();
  if (patch === undefined) return undefined;
  return chain(ctx.services.store.patchThread(ctx, ctx.thread.id, patch), (saved) => {
    watch.accept(saved);
    return saved;
  });
}

function snapshot({ title, status, allowed_image_domains, metadata }: ThreadMetadata): readonly string[] {
  return [
    title ?? '\0', // no title is not the empty title
    status.type === 'active' ? 'active' : `${status.type} ${status.reason ?? ''}`,
    allowed_image_domains === undefined ? '' : JSON.stringify(allowed_image_domains),
    isEmpty(metadata) ? '' : JSON.stringify(metadata),
  ];
}

function isEmpty(record: Record<string, unknown>): boolean {
  for (const _ in record) return false;
  return true;
}
