import { join } from 'node:path';
import { WidgetTemplate } from 'chatkit-controllers/templates';

// The compiler leaves .widget files where they are: beside dist, not in it.
const folder = join(__dirname, '..', 'widgets');

export const bookingTemplate = WidgetTemplate.fromFile(join(folder, 'booking.widget'));
