/** What is wrong with a template or with how it was filled, and on which line of it. */
export class JinjaError extends Error {
  constructor(
    message: string,
    public line?: number,
  ) {
    super(message);
    this.name = 'JinjaError';
  }
}

/** The error with a line, if it has none yet: of two, the inner one knows better. */
export function errorAt(error: unknown, line: number | undefined): unknown {
  if (error instanceof JinjaError) error.line ??= line;
  else if (error instanceof RangeError) return new JinjaError('it nests or grows without end', line);
  return error;
}
