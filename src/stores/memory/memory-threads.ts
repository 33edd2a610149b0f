import { type Page, type ThreadMetadata } from '../../protocol';
import { type ListOptions, type StoreScope, type ThreadPatch } from '../../store';
import { countOnPage, toPage } from '../page';
import { idTaken, notFound } from '../store-errors';
import { takeThreadPatch } from '../take-patch';
import { ThreadItems } from './thread-items';
import { Timeline } from './timeline';

/** A thread that is there. */
export interface ThreadRecord {
  readonly id: string;
  readonly owner: string;
  readonly sequence: number;
  readonly items: ThreadItems;
  text: string;
}

/** What is left of a deleted thread: its place, for cursors. */
type ThreadGrave = Omit<ThreadRecord, 'text' | 'items'> & { text: undefined };

/** The threads of a {@link MemoryStore}. */
export class MemoryThreads {
  readonly #byId = new Map<string, ThreadRecord | ThreadGrave>();
  readonly #byOwner = new Map<string, Timeline<ThreadRecord>>();
  readonly #all = new Timeline<ThreadRecord>();
  #sequence = 0;

  find({ owner }: StoreScope, threadId: string): ThreadRecord {
    const thread = this.#byId.get(threadId);
    if (thread?.text === undefined || thread.owner !== owner) throw notFound('Thread', threadId);
    return thread;
  }

  create({ owner }: StoreScope, thread: ThreadMetadata): void {
    if (this.#byId.has(thread.id)) throw idTaken('Thread', thread.id);
    const record = {
      id: thread.id,
      owner,
      sequence: ++this.#sequence,
      items: new ThreadItems(),
      text: JSON.stringify(thread),
    };
    this.#byId.set(record.id, record);
    this.#ownedBy(owner).append(record);
    this.#all.append(record);
  }

  patch(scope: StoreScope, threadId: string, patch: ThreadPatch): ThreadMetadata {
    const thread = this.find(scope, threadId);
    thread.text = takeThreadPatch(patch)(thread.text);
    return parseThread(thread);
  }

  /** Leaves a grave. */
  delete(thread: ThreadRecord): void {
    const { id, owner, sequence } = thread;
    this.#ownedBy(owner).remove(thread);
    this.#all.remove(thread);
    this.#byId.set(id, { id, owner, sequence, text: undefined });
  }

  list({ owner }: StoreScope, options: ListOptions): Page<ThreadMetadata> {
    const after = this.#cursor(options.after, owner);
    const found = this.#byOwner.get(owner)?.page({ ...options, after }) ?? [];
    return pageOf(found, options, parseThread);
  }

  listAll(options: ListOptions): Page<ThreadMetadata & { owner: string }> {
    const after = this.#cursor(options.after);
    return pageOf(this.#all.page({ ...options, after }), options, (thread) => ({
      ...parseThread(thread),
      owner: thread.owner,
    }));
  }

  clear(): void {
    this.#byId.clear();
    this.#byOwner.clear();
    this.#all.clear();
  }

  #ownedBy(owner: string): Timeline<ThreadRecord> {
    let threads = this.#byOwner.get(owner);
    if (threads === undefined) this.#byOwner.set(owner, (threads = new Timeline()));
    return threads;
  }

  #cursor(after: string | undefined, owner?: string): number | undefined {
    if (after === undefined) return undefined;
    const thread = this.#byId.get(after);
    if (thread === undefined || (owner !== undefined && thread.owner !== owner)) {
      throw notFound('Thread', after);
    }
    return thread.sequence;
  }
}

function pageOf<T>(
  found: readonly ThreadRecord[],
  options: ListOptions,
  read: (thread: ThreadRecord) => T,
): Page<T> {
  const count = countOnPage(found, ({ text }) => Buffer.byteLength(text), options);
  return toPage(found, Array.from(found.slice(0, count), read));
}

export function parseThread({ text }: ThreadRecord): ThreadMetadata {
  return JSON.parse(text) as ThreadMetadata;
}
