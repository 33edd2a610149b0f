import type { WidgetComponent } from '../protocol';
import type { Logger } from './logger';

/**
 * Looks at a widget, or with `partial` at a component of one, that leaves the server. It must not
 * throw.
 */
export type InspectWidget = (
  widget: WidgetComponent,
  ctx: { readonly log: Logger },
  options: { itemId: string; partial?: boolean },
) => void;
