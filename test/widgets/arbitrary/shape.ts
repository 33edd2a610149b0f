import fc, { type Arbitrary } from 'fast-check';

/*
 * The arbitraries are typed by what they make: a component or a prop without one does not compile.
 */

/** What is drawn for every component alike. */
type Common = 'type' | 'children' | 'id' | 'key';

/** One arbitrary for each prop that a component must have. */
export type Needed<T> = {
  [K in keyof T & string as K extends Common ? never : undefined extends T[K] ? never : K]: Arbitrary<T[K]>;
};

/** One arbitrary for each prop that it may have. */
export type Optional<T> = {
  [K in keyof T & string as K extends Common ? never : undefined extends T[K] ? K : never]-?: Arbitrary<
    Exclude<T[K], undefined>
  >;
};

/** An object with some of its optional fields: a widget has few of the many props it might have. */
export function some<T>(fields: Optional<T>): Arbitrary<Partial<T>> {
  const shape = Object.entries<Arbitrary<unknown>>(fields).map(([key, value]) => [
    key,
    fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value }),
  ]);
  return fc
    .record(Object.fromEntries(shape) as Record<string, Arbitrary<unknown>>)
    .map((drawn) => Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined)))
    .map((drawn) => drawn as Partial<T>);
}

/** An object with all it must have and some of what it may. */
export function object<T>(needed: Needed<T>, optional: Optional<T>): Arbitrary<T> {
  return fc
    .tuple(fc.record(needed as Record<string, Arbitrary<unknown>>), some<T>(optional))
    .map(([must, may]) => ({ ...must, ...may }) as T);
}
