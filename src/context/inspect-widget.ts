import type { WidgetComponent } from '../protocol';
import type { Logger } from './logger';

/**
 * Inspects a widget, or with `partial` one component of it, that is sent to the client. It must not throw.
 */
export type InspectWidget = (
  widget: WidgetComponent,
  ctx: { readonly log: Logger },
  options: { itemId: string; partial?: boolean },
) => void;
