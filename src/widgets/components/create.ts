import type { AnyComponent, Children } from './component';
import { isComponent } from '../../protocol/widget-tree';
import { flatten } from './flatten';
import type { ElementType } from './jsx-namespace';
import type { WidgetElement } from './props';

/**
 * Calls a component, as a tag does. A `key` goes into what it returns.
 *
 * @param place Where the tag stands, for messages.
 * @throws TypeError where the tag is no component, or returned none
 */
export function create(tag: unknown, props: object, key?: string, place = ''): WidgetElement {
  if (typeof tag !== 'function') throw new TypeError(`${problemOf(tag)}${place}`);
  const made: unknown = (tag as (props: object) => unknown)(props);
  if (isComponent(made)) return (key === undefined ? made : { ...made, key }) as WidgetElement;
  // A list or nothing is as good as an element wherever children are taken.
  const list: unknown = flatten(tag.name || 'A component', made, 'what it returned');
  return list as WidgetElement;
}

function problemOf(tag: unknown): string {
  if (typeof tag === 'string') {
    return `There is no <${tag}> in widgets: import a component, and begin its name with a capital letter.`;
  }
  return `A tag's component is ${tag === undefined ? 'undefined' : `no function but ${typeof tag}`}: is its name misspelt, or its import circular?`;
}

/** Several components in place of one: `<>…</>`. */
export function Fragment({ children }: { children?: Children<AnyComponent> }): Children<AnyComponent> {
  return flatten('Fragment', children) as AnyComponent[];
}

/** What compilers call for a `key` that stands behind spread props. */
export function createElement(
  tag: ElementType,
  props: (Record<string, unknown> & { key?: string | undefined }) | null,
  ...children: unknown[]
): WidgetElement {
  const { key, ...others } = props ?? {};
  if (children.length === 0) return create(tag, others, key);
  return create(tag, { ...others, children: children.length === 1 ? children[0] : children }, key);
}
