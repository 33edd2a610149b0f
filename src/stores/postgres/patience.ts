/** Watches a wait for the server, which may be gone without a word: then no error ever comes. */
export class Patience {
  readonly #timer: NodeJS.Timeout;
  #isLate = false;

  /** @param lost called when nothing was heard for so long */
  constructor(ms: number, lost: () => void) {
    this.#timer = setTimeout(() => {
      this.#isLate = true;
      // After a turn that took long, what has arrived meanwhile is read before this.
      setImmediate(() => this.#isLate && lost());
    }, ms);
  }

  /** The server has said something. */
  heard(): void {
    this.#isLate = false;
    this.#timer.refresh();
  }

  end(): void {
    this.#isLate = false;
    clearTimeout(this.#timer);
  }
}

/**
 * How long the server may be silent, in milliseconds: it ends statements by itself after their timeout.
 *
 * @returns `undefined` if statements have no timeout
 */
export function patienceOf({
  statementTimeoutMs,
  connectTimeoutMs,
  pg,
}: {
  statementTimeoutMs: number;
  connectTimeoutMs: number;
  pg: Readonly<Record<string, unknown>>;
}): number | undefined {
  const timeout = Number(pg['statement_timeout'] ?? statementTimeoutMs);
  return timeout > 0 ? Math.min(timeout + Math.max(connectTimeoutMs, 1000), 2_147_483_647) : undefined;
}
