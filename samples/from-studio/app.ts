import 'reflect-metadata';
import { createChatKit, MemoryStore } from 'chatkit-controllers';
import { BookingController } from './booking-controller';
import { bookingTemplate } from './templates';

export const app = createChatKit({
  controllers: [BookingController],
  widgets: [bookingTemplate],
  actionsFromWidgetOnly: true, // an action names its widget, and only what that one can send is taken
  store: new MemoryStore(),
  owner: 'shared',
});
