import 'reflect-metadata';
import { createChatKit, MemoryStore } from 'chatkit-controllers';
import { BookingController } from './booking-controller';
import { bookingTemplate } from './templates';

export const app = createChatKit({
  controllers: [BookingController],
  widgets: [bookingTemplate],
  store: new MemoryStore(),
  owner: 'shared',
});
