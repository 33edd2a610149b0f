/** An error in a template or in its rendering, with the line in the template. */
export class JinjaError extends Error {
  constructor(
    message: string,
    public line?: number,
  ) {
    super(message);
    this.name = 'JinjaError';
  }
}

/** Adds the line to an error that has none. The line of an inner node is kept, since it is more precise. */
export function errorAt(error: unknown, line: number | undefined): unknown {
  if (error instanceof JinjaError) error.line ??= line;
  else if (error instanceof RangeError) return new JinjaError('it nests or grows without end', line);
  return error;
}
