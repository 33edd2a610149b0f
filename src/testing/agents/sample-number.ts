/** The bounds of a number in a JSON Schema. */
interface Bounds {
  readonly type?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

const NUMBERS = [1, 0, 10, 100, 1000, -1, 0.5];

/**
 * A number that a schema allows. Alternates between small and large ones, since a loop may wait for either.
 */
export function sampleNumber(schema: Bounds, time: number): number {
  const { minimum = -Infinity, maximum = Infinity } = schema;
  const { exclusiveMinimum: above = -Infinity, exclusiveMaximum: below = Infinity } = schema;
  const middle = (Math.max(minimum, above) + Math.min(maximum, below)) / 2;
  const allowed = (each: number): boolean =>
    each >= minimum && each <= maximum && each > above && each < below && Number.isFinite(each);
  const fitting = (schema.type === 'integer' ? NUMBERS.filter(Number.isInteger) : NUMBERS).filter(allowed);
  const [any = 1] = [minimum, maximum, above + 1, below - 1, middle].filter(allowed);
  return fitting[time % fitting.length] ?? any;
}
