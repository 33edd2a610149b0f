import { type Page } from '../../protocol';
import { type BatchOptions, type OpenRun, type OpenRunOptions } from '../../store';
import { batchOf } from '../batch';
import { idTaken, notFound } from '../store-errors';
import type { Connection } from './connection';
import { lockOfThread } from './postgres-threads';
import { call, statement } from './statement';
import { OWN_THREAD } from './thread-sql';

/** thread id, owner, id, text */
const OPEN = statement(`WITH thread AS MATERIALIZED (SELECT seq ${OWN_THREAD} FOR NO KEY UPDATE), opened AS (
    INSERT INTO chatkit_runs (thread, owner, id, text) SELECT thread.seq, $2, $3, $4 FROM thread
    ON CONFLICT (id) DO NOTHING RETURNING seq
  ) SELECT (SELECT seq FROM opened), EXISTS (SELECT FROM thread)`);

const CLOSE = statement('DELETE FROM chatkit_runs WHERE id = $1 AND owner = $2');

const LIST = statement(
  'SELECT seq, owner, text FROM chatkit_runs WHERE seq > $1::bigint ORDER BY seq LIMIT $2::bigint',
);

/** The open-run records of a {@link PostgresStore}. */
export class PostgresRuns {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async open(
    owner: string,
    { id, thread_id, instance, started_at }: OpenRun,
    { isOver }: OpenRunOptions = {},
  ): Promise<void> {
    const text = JSON.stringify({ id, thread_id, instance, started_at });
    const calls = [call(OPEN, thread_id, owner, id, text)];
    return this.#connection.write({
      lock: lockOfThread(thread_id),
      calls: (isAll) => (isAll && isOver?.() === true ? [] : calls),
      read([rows]) {
        if (rows === undefined) return; // left out: the run is over
        const [opened, isThere] = rows[0] ?? [];
        if (isThere !== 't') throw notFound('Thread', thread_id);
        if (opened == null) throw idTaken('Run', id);
      },
    });
  }

  async close(owner: string, runId: string): Promise<void> {
    const calls = [call(CLOSE, runId, owner)];
    // Ordered after the locks of threads: the same transaction may open the run.
    return this.#connection.write({ lock: `2 ${runId}`, calls: () => calls, read: () => undefined });
  }

  async list({ limit, after }: BatchOptions): Promise<Page<OpenRun & { owner: string }>> {
    const rows = await this.#connection.readLarge(call(LIST, after ?? '0', limit + 1));
    return batchOf(
      rows,
      limit,
      ([seq]) => String(seq),
      ([, owner, text]) => ({ ...(JSON.parse(String(text)) as OpenRun), owner: String(owner) }),
    );
  }
}
