import type { WidgetComponent } from '../protocol';
import type { RunContext } from './run-context';

/**
 * Looks at a widget, or with `partial` at a component of one, that leaves the server. It must not
 * throw.
 */
export type InspectWidget = (
  widget: WidgetComponent,
  ctx: RunContext,
  options: { itemId: string; partial?: boolean },
) => void;
