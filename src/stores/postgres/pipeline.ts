import type { Connection, Submittable } from 'pg';
import { Patience } from './patience';
import type { Call, Row } from './statement';

/**
 * What is known of the statements that a connection has prepared, by name. After an error, some are
 * uncertain: they are closed before they are prepared again, which is no error if they do not exist.
 */
export type Prepared = Map<string, 'yes' | 'maybe'>;

/**
 * Several calls in one round trip and one transaction: all are sent before any result is awaited, with one
 * Sync at the end, so that the server commits all of them or none. `pg` accepts it as a custom query, like a
 * pg-cursor. The columns are known, so it does not ask for their description.
 */
export class Pipeline implements Submittable {
  private readonly results: Row[][];
  /** The call whose answer comes next. */
  private at = 0;
  /** The statements that this pipeline prepares. */
  private readonly preparing: string[] = [];
  private patience: Patience | undefined;
  /** `pg` sets it if there is a `query_timeout`, to learn that the query is done. */
  callback: (() => void) | undefined;

  /** @param patienceMs how long the server may be silent before the connection counts as lost */
  constructor(
    private readonly calls: readonly Call[],
    private readonly prepared: Prepared,
    private readonly patienceMs: number | undefined,
    private readonly resolve: (results: Row[][]) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    this.results = calls.map(() => []);
  }

  submit(connection: Connection): void {
    const { stream } = connection;
    if (this.patienceMs !== undefined) {
      this.patience = new Patience(this.patienceMs, () =>
        stream.destroy(new Error(`PostgreSQL did not answer within ${String(this.patienceMs)} ms.`)),
      );
    }
    stream.cork();
    for (const call of this.calls) this.send(connection, call);
    connection.sync();
    stream.uncork();
  }

  handleDataRow({ fields }: { fields: Row }): void {
    this.patience?.heard();
    this.results[this.at]?.push(fields);
  }

  handleCommandComplete(): void {
    this.patience?.heard();
    this.at += 1;
  }

  handleReadyForQuery(): void {
    this.patience?.end();
    this.callback?.();
    for (const name of this.preparing) this.prepared.set(name, 'yes');
    this.resolve(this.results);
  }

  /** The server skips all later calls, and rolls back all earlier ones. */
  handleError(error: unknown): void {
    this.patience?.end();
    this.callback?.();
    // The error may be that the connection does not know a statement: a pooler may have changed servers.
    for (const { statement } of this.calls) this.prepared.set(statement.name, 'maybe');
    this.reject(error);
  }

  private send(connection: Connection, { statement, values }: Call): void {
    const { name, text } = statement;
    const known = this.prepared.get(name);
    if (known !== 'yes' && !this.preparing.includes(name)) {
      if (known === 'maybe') connection.close({ type: 'S', name }, true);
      connection.parse({ name, text, types: [] }, true);
      this.preparing.push(name);
    }
    connection.bind({ statement: name, values: [...values] }, true);
    connection.execute(null, true);
  }
}
