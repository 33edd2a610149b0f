import type { WidgetComponent } from './widgets';

/*
 * How to find the components of a widget. The server names a changed component by its id and the client looks
 * the id up, so both use the same rules.
 */

/**
 * More levels than any real widget has, and few enough not to overflow the stack. Deeper levels are ignored.
 */
export const MAX_WIDGET_DEPTH = 200;

/** Whether a value is a component: an object with a string `type`. */
export function isComponent(value: unknown): value is WidgetComponent {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** An action's payload is the app's own data and is not searched for components. */
export function isPayload(key: string): boolean {
  return key === 'payload';
}

/** How many components of the widget have each id. */
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
