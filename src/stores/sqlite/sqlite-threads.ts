import { type Page, type ThreadMetadata } from '../../protocol';
import { type Awaitable, type ListOptions, type ThreadPatch } from '../../store';
import { idTaken, notFound } from '../store-errors';
import { takeThreadPatch } from '../take-patch';
import { type Connection } from './connection';
import { readPage, startOf } from './list-sql';
import { LIST, LIST_ALL } from './thread-sql';

interface ThreadRow {
  owner: string;
  text: string;
}

/** The threads of a {@link SqliteStore}. */
export class SqliteThreads {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  load(owner: string, threadId: string): Awaitable<ThreadMetadata> {
    return this.#connection.read(() => parseThread({ text: this.#text(owner, threadId) }));
  }

  /** Throws if the thread does not exist. Call it within `read` or `write`. */
  mustExist(owner: string, threadId: string): void {
    this.sequenceOf(owner, threadId);
  }

  /** The number by which the rows of other tables refer to the thread. Like {@link mustExist} otherwise. */
  sequenceOf(owner: string, threadId: string): number {
    const row = this.#connection
      .select('SELECT seq FROM chatkit_threads WHERE id = ? AND owner = ? AND text IS NOT NULL')
      .get(threadId, owner) as { seq: number } | undefined;
    if (row === undefined) throw notFound('Thread', threadId);
    return row.seq;
  }

  create(owner: string, thread: ThreadMetadata): Awaitable<void> {
    const { id } = thread;
    const text = JSON.stringify(thread);
    return this.#connection.write(() => {
      const created = this.#connection
        .change('INSERT INTO chatkit_threads (id, owner, text) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING')
        .run(id, owner, text);
      if (created === 0) throw idTaken('Thread', id);
    });
  }

  patch(owner: string, threadId: string, patch: ThreadPatch): Awaitable<ThreadMetadata> {
    const patchText = takeThreadPatch(patch);
    return this.#connection.write(() => {
      const patched = patchText(this.#text(owner, threadId));
      this.#connection
        .change('UPDATE chatkit_threads SET text = ? WHERE id = ? AND owner = ?')
        .run(patched, threadId, owner);
      return parseThread({ text: patched });
    });
  }

  delete(owner: string, threadId: string): Awaitable<void> {
    return this.#connection.write(() => {
      this.mustExist(owner, threadId);
      for (const table of ['chatkit_items', 'chatkit_runs', 'chatkit_values']) {
        this.#connection
          .change(
            `DELETE FROM ${table} WHERE thread = (SELECT seq FROM chatkit_threads WHERE id = ? AND owner = ?)`,
          )
          .run(threadId, owner);
      }
      this.#connection
        .change('UPDATE chatkit_threads SET text = NULL WHERE id = ? AND owner = ?')
        .run(threadId, owner);
    });
  }

  list(owner: string, { limit, maxBytes, order, after }: ListOptions): Awaitable<Page<ThreadMetadata>> {
    return this.#connection.read(() => {
      const start = after === undefined ? startOf(order) : this.#cursor(after, owner);
      return readPage(this.#connection, LIST[order], [owner, start], { limit, maxBytes }, parseThread);
    });
  }

  listAll({
    limit,
    maxBytes,
    order,
    after,
  }: ListOptions): Awaitable<Page<ThreadMetadata & { owner: string }>> {
    const read = (row: ThreadRow) => ({ ...parseThread(row), owner: row.owner });
    return this.#connection.read(() => {
      const start = after === undefined ? startOf(order) : this.#cursor(after);
      return readPage(this.#connection, LIST_ALL[order], [start], { limit, maxBytes }, read);
    });
  }

  #text(owner: string, threadId: string): string {
    const row = this.#connection
      .select('SELECT text FROM chatkit_threads WHERE id = ? AND owner = ? AND text IS NOT NULL')
      .get(threadId, owner) as ThreadRow | undefined;
    if (row === undefined) throw notFound('Thread', threadId);
    return row.text;
  }

  /** The place of a thread, deleted or not. */
  #cursor(threadId: string, owner?: string): number {
    const row = this.#connection
      .select('SELECT seq FROM chatkit_threads WHERE id = ? AND owner = coalesce(?, owner)')
      .get(threadId, owner ?? null) as { seq: number } | undefined;
    if (row === undefined) throw notFound('Thread', threadId);
    return row.seq;
  }
}

function parseThread({ text }: { text: string }): ThreadMetadata {
  return JSON.parse(text) as ThreadMetadata;
}
