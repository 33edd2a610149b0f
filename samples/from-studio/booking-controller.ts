import {
  assistantMessage,
  ChatController,
  hiddenContext,
  OnAction,
  OnMessage,
  Payload,
  replace,
  Sender,
  widget,
  type WidgetItem,
} from 'chatkit-controllers';
import { Badge, Card, Row, Text } from 'chatkit-controllers/widgets';
import { Booking, bookTable, dismissTable, Dismissal } from './actions';
import { bookingTemplate } from './templates';

const RESTAURANT = { id: 'rst_1', name: 'Zur Linde', kitchen: 'Austrian', city: 'Graz' };

@ChatController()
export class BookingController {
  @OnMessage()
  *reply() {
    yield assistantMessage('There is a table free tonight.');
    yield widget(
      bookingTemplate.build({ restaurant: RESTAURANT, times: ['18:30', '20:00'], note: 'Free until 17:00.' }),
    );
  }

  @OnAction(bookTable)
  *book(@Payload() { restaurantId, time, guests }: Booking, @Sender() sender: WidgetItem | null) {
    const summary = `${String(guests)} guests at ${time}`;
    yield replace(sender, booked(summary));
    yield hiddenContext(`<BOOKED restaurant="${restaurantId}">${summary}</BOOKED>`);
    yield assistantMessage(`Booked: ${summary}.`);
  }

  @OnAction(dismissTable)
  *dismiss(@Payload() { restaurantId }: Dismissal, @Sender() sender: WidgetItem | null) {
    yield replace(sender, Card({ children: [Text({ value: 'Not tonight, then.' })] }));
    yield hiddenContext(`<DISMISSED restaurant="${restaurantId}" />`);
  }
}

function booked(summary: string) {
  return Card({
    children: [
      Row({
        align: 'center',
        gap: 2,
        children: [Badge({ label: 'Booked', color: 'success' }), Text({ value: summary })],
      }),
    ],
  });
}
