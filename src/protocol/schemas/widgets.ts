import { z } from 'zod';
import type { WidgetComponent } from '../widgets';
import { isRecord } from '../guards';

/** Any object with a `type`. Props are not checked here: `widgets/` does that. */
export const widgetComponentSchema = z.custom<WidgetComponent>(
  (value) => isRecord(value) && typeof value['type'] === 'string',
  'expected a widget component (an object with a text `type`)',
);
