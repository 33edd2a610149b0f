import type { WidgetComponent } from '../../protocol';
import { isComponent } from '../../protocol/widget-tree'; // imported by file, since builders load no package
import { holdAll } from './hold-all';

/**
 * Returns children as one flat list without empty values.
 *
 * @param parent The parent component, for messages.
 * @param place The position of the children in it, for messages.
 * @throws TypeError when a child is not a component
 */
export function flatten(parent: string, written: unknown, place = 'children'): WidgetComponent[] {
  const children: WidgetComponent[] = [];
  const take = (child: unknown, path: string): void => {
    if (Array.isArray(child)) {
      for (const [index, each] of child.entries()) take(each, `${path}[${String(index)}]`);
    } else if (isComponent(child)) {
      children.push(child);
    } else if (child !== null && child !== undefined && typeof child !== 'boolean') {
      holdAll(written);
      throw new TypeError(`${parent}: ${path} is ${problemOf(child)}`);
    }
  };
  take(written, place);
  return children;
}

export function isPromise(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** Describes what is wrong with a child and how to fix it. */
function problemOf(child: unknown): string {
  if (typeof child === 'string' || typeof child === 'number' || typeof child === 'bigint') {
    const text = JSON.stringify(String(child).slice(0, 40));
    return `the ${typeof child} ${text}. Text is a component of its own: Text({ value: ${text} }).`;
  }
  if (typeof child === 'function') {
    const name = child.name === '' ? 'a function' : `the function ${child.name}`;
    return `${name}. Call it, or write it as a tag, to get its component.`;
  }
  if (isPromise(child)) {
    return 'a promise. Await its data before you build the widget: components are not async.';
  }
  return `not a component: ${typeof child === 'object' ? 'an object without a type' : typeof child}.`;
}
