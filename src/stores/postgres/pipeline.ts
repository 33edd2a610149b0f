import type { Connection, Submittable } from 'pg';
import type { Call, Row } from './statement';

/**
 * What is known of the statements that a connection has prepared, by their names. After an error it is
 * not known of some: those are closed before they are prepared anew, which is no error where there are none.
 */
export type Prepared = Map<string, 'yes' | 'maybe'>;

/**
 * Several calls in one round trip and one transaction: all of them are sent before any answer is
 * awaited, with one Sync at the end, so that the server commits them together or none of them.
 * `pg` takes it as a query of its own, as it takes a pg-cursor. Since the columns are known, they are not asked for.
 */
export class Pipeline implements Submittable {
  private readonly results: Row[][];
  /** The call whose answer comes next. */
  private at = 0;
  /** What this pipeline has prepared. */
  private readonly preparing: string[] = [];

  constructor(
    private readonly calls: readonly Call[],
    private readonly prepared: Prepared,
    private readonly resolve: (results: Row[][]) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    this.results = calls.map(() => []);
  }

  submit(connection: Connection): void {
    const { stream } = connection;
    stream.cork();
    for (const call of this.calls) this.send(connection, call);
    connection.sync();
    stream.uncork();
  }

  handleDataRow({ fields }: { fields: Row }): void {
    this.results[this.at]?.push(fields);
  }

  handleCommandComplete(): void {
    this.at += 1;
  }

  handleReadyForQuery(): void {
    for (const name of this.preparing) this.prepared.set(name, 'yes');
    this.resolve(this.results);
  }

  /** The server skips all that follows, and undoes all that went before. */
  handleError(error: unknown): void {
    // It may be the very statement that the connection does not know: a pooler gave it to another server.
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
