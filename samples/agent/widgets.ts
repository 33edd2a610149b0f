import { z } from 'zod';
import { defineAction } from 'chatkit-controllers';
import { Button, Card, Text, Title } from 'chatkit-controllers/widgets';
import type { Order } from './orders';

export const cancelOrder = defineAction('order.cancel', z.object({ id: z.string().max(40) }));

export function orderCard({ id, state }: Order) {
  return Card({
    children: [
      Title({ value: `Order ${id}` }),
      Text({ value: state }),
      Button({
        label: 'Cancel the order',
        disabled: state === 'cancelled',
        onClickAction: cancelOrder({ id }),
      }),
    ],
  });
}
