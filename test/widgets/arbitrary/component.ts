import fc, { type Arbitrary } from 'fast-check';
import type { AnyComponent } from '../../../src/widgets/components';
import { object, type Needed, type Optional } from './shape';
import { id, text } from './values';

/** The children of a component, where it has any. */
type Children<T> = T extends { children?: infer TChildren } ? [Arbitrary<NonNullable<TChildren>>] : [];

/** Any component of a type: most have an id, as what is streamed does. */
export function component<T extends AnyComponent>(
  type: T['type'],
  needed: Needed<T>,
  optional: Optional<T>,
  ...[children]: Children<T>
): Arbitrary<T> {
  return fc
    .tuple(
      fc.record({
        id: fc.option(id, { nil: undefined, freq: 3 }),
        key: fc.option(text, { nil: undefined, freq: 1 }),
      }),
      object<T>(needed, optional),
      children ?? fc.constant(undefined),
    )
    .map(([names, props, within]) => {
      const all = { ...names, ...props, type, children: within };
      return Object.fromEntries(
        Object.entries(all).filter(([, value]) => value !== undefined),
      ) as unknown as T;
    });
}
