import type { AnyComponent } from 'chatkit-controllers/widgets';

type Kind = AnyComponent['type'];
type Of<K extends Kind> = Extract<AnyComponent, { type: K }>;

/** What every component has, and what says nothing by itself. */
type Common = 'type' | 'key' | 'id';

/** Examples of every prop that a component has: the compiler misses none. */
export type PropExamples<K extends Kind> = {
  readonly [P in Exclude<keyof Of<K>, Common>]-?: readonly NonNullable<Of<K>[P]>[];
};

/** A component as the gallery shows it. */
export interface Spec<K extends Kind> {
  /** Props that are always there, so that there is something to see. */
  readonly base: Omit<Of<K>, Common> & Partial<Of<K>>;
  readonly props: PropExamples<K>;
  /** What stands around it; by itself in a card. */
  readonly around?: (component: Of<K>) => unknown;
}

/** The specification of every component there is. */
export type Specs = { readonly [K in Kind]: Spec<K> };

/** The texts that a prop takes. */
export type Prop<K extends Kind, P extends keyof Of<K>> = Extract<NonNullable<Of<K>[P]>, string>;

/** A list of all values of a union: one that is left out is an error of the compiler. */
export const all =
  <T extends string>() =>
  <const V extends readonly T[]>(...values: V & ([T] extends [V[number]] ? unknown : never)): V =>
    values;
