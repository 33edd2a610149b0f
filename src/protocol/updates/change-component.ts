import { isComponent, isPayload, MAX_WIDGET_DEPTH } from '../widget-tree';
import type { WidgetComponent } from '../widgets';

/**
 * Returns the tree with one component changed: the first with this id, at any depth. Only the components on
 * the path to it are copied. If no component has the id, the same tree is returned.
 */
export function mapComponent(
  root: WidgetComponent,
  id: string,
  change: (component: WidgetComponent) => WidgetComponent,
): WidgetComponent {
  const visit = (node: unknown, depth: number): unknown => {
    if (typeof node !== 'object' || node === null || depth > MAX_WIDGET_DEPTH) return node;
    if (Array.isArray(node)) return visitList(node, depth);
    if (isComponent(node) && node.id === id) return change(node);
    for (const [key, child] of Object.entries(node)) {
      if (isPayload(key)) continue;
      const changed = visit(child, depth + 1);
      if (changed !== child) return { ...node, [key]: changed };
    }
    return node;
  };

  const visitList = (list: readonly unknown[], depth: number): readonly unknown[] => {
    for (const [index, child] of list.entries()) {
      const changed = visit(child, depth + 1);
      if (changed !== child) return list.with(index, changed);
    }
    return list;
  };

  return visit(root, 0) as WidgetComponent;
}

/** Appends text to a text component. Components without a text stay unchanged. */
export function appendText(component: WidgetComponent, delta: string, done: boolean): WidgetComponent {
  const { value = '', streaming } = component;
  if (typeof value !== 'string') return component;
  const grown = { ...component, value: value + delta };
  return done && streaming === true ? { ...grown, streaming: false } : grown;
}
