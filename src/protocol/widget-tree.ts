import type { WidgetComponent } from './widgets';

/*
 * Where the components of a widget are. The server, which says by an id what has changed, and the
 * client, which looks the id up, must mean the same by it.
 */

/** Deeper than any widget, and shallow enough for the stack: below this nothing is looked for. */
export const MAX_WIDGET_DEPTH = 200;

/** Whether a value is a component: it says which by its `type`. */
export function isComponent(value: unknown): value is WidgetComponent {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** What an action carries is the application's own: components are not looked for there. */
export function isPayload(key: string): boolean {
  return key === 'payload';
}

/** How many components of a widget have each of its ids. */
export function countIds(widget: WidgetComponent): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const visit = (node: object, depth: number): void => {
    if (depth > MAX_WIDGET_DEPTH) return;
    if (isComponent(node) && typeof node.id === 'string') counts.set(node.id, (counts.get(node.id) ?? 0) + 1);
    for (const key of Object.keys(node)) {
      const part = (node as Record<string, unknown>)[key];
      if (typeof part === 'object' && part !== null && !isPayload(key)) visit(part, depth + 1);
    }
  };
  visit(widget, 0);
  return counts;
}
