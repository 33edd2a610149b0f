/** What is wrong with a template or with how it was filled, and on which line of it. */
export class Fault extends Error {
  constructor(
    message: string,
    public line?: number,
  ) {
    super(message);
    this.name = 'Fault';
  }
}

/** The fault with a line, if it has none yet: of two, the inner one knows better. */
export function faultAt(error: unknown, line: number | undefined): unknown {
  if (error instanceof Fault) error.line ??= line;
  else if (error instanceof RangeError) return new Fault('it nests or grows without end', line);
  return error;
}
