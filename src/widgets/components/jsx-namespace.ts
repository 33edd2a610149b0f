import type { AnyComponent, Children } from './component';
import type { WidgetElement } from './props';

// The names that the compiler looks for in the namespace `JSX`.

export type Element = WidgetElement;

/** A tag: a builder, or a function of the app that returns what builders return. */
export type ElementType = (props: never) => Children<AnyComponent>;

export interface ElementChildrenAttribute {
  children: unknown;
}

/** There are no lower-case tags. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- intentionally empty
export interface IntrinsicElements {}

export interface IntrinsicAttributes {
  /** Distinguishes this component from its siblings when a list changes. */
  key?: string | undefined;
}
