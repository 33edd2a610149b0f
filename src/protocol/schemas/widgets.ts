import { z } from 'zod';
import type { WidgetComponent } from '../widgets';
import { isRecord } from '../guards';

/** Any object with a `type`. The props are the business of `widgets/`: here they are free. */
export const widgetComponentSchema = z.custom<WidgetComponent>(
  (value) => isRecord(value) && typeof value['type'] === 'string',
  'expected a widget component (an object with a text `type`)',
);
