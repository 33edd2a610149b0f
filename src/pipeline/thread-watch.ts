import { conformPatch, type ThreadMetadata } from '../protocol';
import type { RunContext } from '../context';
import { chain, type Awaitable, type ThreadPatch } from '../store';

type Field = 'title' | 'status' | 'allowed_image_domains' | 'metadata';

/** A text for each field that tells its values apart. Made after every event, so it costs little. */
const SNAPSHOT: Readonly<Record<Field, (thread: ThreadMetadata) => string>> = {
  title: ({ title }) => title ?? '\0', // no title is not the empty title
  status: ({ status }) => (status.type === 'active' ? 'active' : `${status.type} ${status.reason ?? ''}`),
  allowed_image_domains: ({ allowed_image_domains: domains }) =>
    domains === undefined ? '' : JSON.stringify(domains),
  metadata: ({ metadata }) => (isEmpty(metadata) ? '' : JSON.stringify(metadata)),
};

const FIELDS = Object.keys(SNAPSHOT) as Field[];

/** Notices which fields of a thread a handler has changed, in place or anew. */
export class ThreadWatch {
  private seen: Record<Field, string>;

  constructor(private readonly thread: ThreadMetadata) {
    this.seen = snapshot(thread);
  }

  /** The changed fields with their new values; `undefined` when nothing has changed. */
  changes(): ThreadPatch | undefined {
    const { thread, seen } = this;
    let patch: ThreadPatch | undefined;
    for (const field of FIELDS) {
      if (SNAPSHOT[field](thread) !== seen[field]) patch = { ...patch, [field]: thread[field] };
    }
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
  return chain(ctx.services.store.patchThread(ctx, ctx.thread.id, conformPatch(patch)), (saved) => {
    watch.accept(saved);
    return saved;
  });
}

function snapshot(thread: ThreadMetadata): Record<Field, string> {
  const { title, status, allowed_image_domains, metadata } = SNAPSHOT;
  return {
    title: title(thread),
    status: status(thread),
    allowed_image_domains: allowed_image_domains(thread),
    metadata: metadata(thread),
  };
}

function isEmpty(record: Record<string, unknown>): boolean {
  for (const _ in record) return false;
  return true;
}
