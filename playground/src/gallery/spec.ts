import type { AnyComponent } from 'chatkit-controllers/widgets';

type Kind = AnyComponent['type'];
type Of<K extends Kind> = Extract<AnyComponent, { type: K }>;

/** Props of every component that have no visible effect. */
type Common = 'type' | 'key' | 'id';

/** Examples of every prop of a component; the compiler checks that none is missing. */
export type PropExamples<K extends Kind> = {
  readonly [P in Exclude<keyof Of<K>, Common>]-?: readonly NonNullable<Of<K>[P]>[];
};

/** How the gallery shows a component. */
export interface Spec<K extends Kind> {
  /** Props of all examples, so that the component is visible. */
  readonly base: Omit<Of<K>, Common> & Partial<Of<K>>;
  readonly props: PropExamples<K>;
  /** Makes the widget around it; default: a card. */
  readonly around?: (component: Of<K>) => unknown;
}

/** The specifications of all components. */
export type Specs = { readonly [K in Kind]: Spec<K> };

/** The string values of a prop. */
export type Prop<K extends Kind, P extends keyof Of<K>> = Extract<NonNullable<Of<K>[P]>, string>;

/** A list of all values of a union; a missing one is a compile error. */
export const all =
  <T extends string>() =>
  <const V extends readonly T[]>(...values: V & ([T] extends [V[number]] ? unknown : never)): V =>
    values;
