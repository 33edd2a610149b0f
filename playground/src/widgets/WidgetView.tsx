import { ComponentsContext, Node } from './Node';
import { COMPONENTS } from './registry';

/** A whole widget. */
export function WidgetView({ widget }: { widget: unknown }) {
  return (
    <ComponentsContext value={COMPONENTS}>
      <Node component={widget} path="" />
    </ComponentsContext>
  );
}
