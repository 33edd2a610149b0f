import { type Page } from '../../protocol';
import { type Awaitable, type BatchOptions, type OpenRun, type OpenRunOptions } from '../../store';
import { batchOf } from '../batch';
import { idTaken } from '../store-errors';
import { type Connection } from './connection';
import { type SqliteThreads } from './sqlite-threads';

/** The open-run records of a {@link SqliteStore}. */
export class SqliteRuns {
  readonly #connection: Connection;
  readonly #threads: SqliteThreads;

  constructor(connection: Connection, threads: SqliteThreads) {
    this.#connection = connection;
    this.#threads = threads;
  }

  open(
    owner: string,
    { id, thread_id, instance, started_at }: OpenRun,
    { isOver }: OpenRunOptions = {},
  ): Awaitable<void> {
    return this.#connection.write((isAll) => {
      if (isAll && isOver?.() === true) return;
      const text = JSON.stringify({ id, thread_id, instance, started_at });
      const opened = this.#connection
        .change(
          `INSERT INTO chatkit_runs (thread, owner, id, text)
          SELECT seq, owner, ?, ? FROM chatkit_threads WHERE id = ? AND owner = ? AND text IS NOT NULL
          ON CONFLICT (id) DO NOTHING`,
        )
        .run(id, text, thread_id, owner);
      if (opened === 1) return;
      this.#threads.mustExist(owner, thread_id);
      throw idTaken('Run', id);
    });
  }

  close(owner: string, runId: string): Awaitable<void> {
    return this.#connection.write(() => {
      this.#connection.change('DELETE FROM chatkit_runs WHERE id = ? AND owner = ?').run(runId, owner);
    });
  }

  list({ limit, after }: BatchOptions): Awaitable<Page<OpenRun & { owner: string }>> {
    return this.#connection.read(() => {
      const rows = this.#connection
        .select('SELECT seq, owner, text FROM chatkit_runs WHERE seq > ? ORDER BY seq LIMIT ?')
        .all(Number(after ?? 0), limit + 1) as { seq: number; owner: string; text: string }[];
      return batchOf(
        rows,
        limit,
        ({ seq }) => String(seq),
        ({ owner, text }) => ({ ...(JSON.parse(text) as OpenRun), owner }),
      );
    });
  }
}
