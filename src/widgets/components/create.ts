import type { AnyComponent, Children } from './component';
import { isComponent } from '../../protocol/widget-tree';
import { flatten } from './flatten';
import type { ElementType } from './jsx-namespace';
import type { WidgetElement } from './props';

/**
 * Calls a component function for a JSX tag. A `key` is added to the result.
 *
 * @param place The position of the tag, for messages.
 * @throws TypeError when the tag is not a function, or when its result is not a component
 */
export function create(tag: unknown, props: object, key?: string, place = ''): WidgetElement {
  if (typeof tag !== 'function') throw new TypeError(`${problemOf(tag)}${place}`);
  const made: unknown = (tag as (props: object) => unknown)(props);
  if (isComponent(made)) return (key === undefined ? made : { ...made, key }) as WidgetElement;
  // Children may be lists or empty values, so a component may return them too.
  const list: unknown = flatten(tag.name || 'A component', made, 'what it returned');
  return list as WidgetElement;
}

function problemOf(tag: unknown): string {
  if (typeof tag === 'string') {
    return `There is no <${tag}> in widgets: import a component, and begin its name with a capital letter.`;
  }
  return `A tag's component is ${tag === undefined ? 'undefined' : `not a function but ${typeof tag}`}: is its name misspelt, or its import circular?`;
}

/** Groups several components: `<>…</>`. */
export function Fragment({ children }: { children?: Children<AnyComponent> }): Children<AnyComponent> {
  return flatten('Fragment', children) as AnyComponent[];
}

/** Called by compilers for a `key` after spread props. */
export function createElement(
  tag: ElementType,
  props: (Record<string, unknown> & { key?: string | undefined }) | null,
  ...children: unknown[]
): WidgetElement {
  const { key, ...others } = props ?? {};
  if (children.length === 0) return create(tag, others, key);
  return create(tag, { ...others, children: children.length === 1 ? children[0] : children }, key);
}
