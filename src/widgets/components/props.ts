import type { WidgetComponent } from '../../protocol';

declare const JSX_ELEMENT: unique symbol;

/**
 * The type of a JSX expression. The compiler cannot tell `<Text />` from `<Card />`, so the type is accepted
 * wherever a component is. Whether the component is allowed there is checked when it is built.
 */
export type WidgetElement = WidgetComponent & { readonly [JSX_ELEMENT]: true };

/** One child, or an empty value from a condition. */
export type Child<T> = T | WidgetElement | boolean | null | undefined;

/**
 * Children as passed to a builder: one, or arrays of them, which may be nested. Empty values are left out.
 */
export type Children<T> = Child<T> | readonly Children<T>[];

/** The props that a component's builder takes: those of its data, with children as passed to a builder. */
export type Props<T extends { type: string }> = {
  [K in keyof T as Exclude<K, 'type'>]: K extends 'children' ? Written<T[K]> : T[K];
};

type Written<TChildren> =
  NonNullable<TChildren> extends readonly (infer T)[] ? Children<T> : Child<NonNullable<TChildren>>;
