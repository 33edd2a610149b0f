import { createContext, createElement, useContext, type ReactNode } from 'react';
import { DrawGuard } from '../ui/DrawGuard';
import { JsonView } from '../ui/JsonView';
import type { WidgetComponentType } from './types';

/** The known components by type; a context, since importing them here would be circular. */
export const ComponentsContext = createContext<Readonly<Record<string, WidgetComponentType>>>({});

/** Renders one component by its type. An unknown one is shown as JSON. */
export function Node({ component, path }: { component: unknown; path: string }): ReactNode {
  const components = useContext(ComponentsContext);
  if (component === null || component === undefined || typeof component !== 'object') return null;
  const { type } = component as { type?: unknown };
  const known: WidgetComponentType | undefined =
    typeof type === 'string' && Object.hasOwn(components, type) ? components[type] : undefined;
  if (known !== undefined) {
    return (
      <DrawGuard value={component} what={`component (${String(type)})`}>
        {createElement(known, { props: component as never, path })}
      </DrawGuard>
    );
  }
  return (
    <div className="unknown">
      <strong>Unknown component{typeof type === 'string' ? `: ${type}` : ''}</strong>
      <JsonView value={component} label="The unknown component as JSON" />
    </div>
  );
}

/** The children of a component, one or many. */
export function Children({ of, path }: { of: unknown; path: string }): ReactNode {
  if (of === null || of === undefined) return null;
  const base = path === '' ? 'children' : `${path}.children`;
  if (!Array.isArray(of)) return <Node component={of} path={base} />;
  return of.map((child: unknown, index) => (
    <Node key={keyOf(child, index)} component={child} path={`${base}.${String(index)}`} />
  ));
}

/** The React key: with `key` or `id`, a component keeps its state when its siblings change. */
export function keyOf(child: unknown, index: number): string {
  if (typeof child !== 'object' || child === null) return String(index);
  const { key, id } = child as { key?: unknown; id?: unknown };
  if (typeof key === 'string') return `key ${key}`;
  return typeof id === 'string' ? `id ${id}` : String(index);
}
