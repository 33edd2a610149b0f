import type { WidgetComponent } from '../../protocol';

declare const JSX_ELEMENT: unique symbol;

/**
 * What a JSX expression is to the compiler, which does not tell `<Text />` from `<Card />`. It stands
 * wherever a component may stand; that it is one that may stand there is checked when it is built.
 */
export type WidgetElement = WidgetComponent & { readonly [JSX_ELEMENT]: true };

/** One child, or nothing where a condition did not hold. */
export type Child<T> = T | WidgetElement | boolean | null | undefined;

/** Children as they are written: one, or arrays of them, also nested. What is nothing is left out. */
export type Children<T> = Child<T> | readonly Children<T>[];

/** What the builder of a component takes: the props of its data, with children as they are written. */
export type Props<T extends { type: string }> = {
  [K in keyof T as Exclude<K, 'type'>]: K extends 'children' ? Written<T[K]> : T[K];
};

type Written<TChildren> =
  NonNullable<TChildren> extends readonly (infer T)[] ? Children<T> : Child<NonNullable<TChildren>>;
