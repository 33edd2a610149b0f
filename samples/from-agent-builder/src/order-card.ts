import { Card, Text, Title } from 'chatkit-controllers/widgets';

/** What the agent “Order status” answers: the schema of the widget that its node had in Agent Builder. */
interface OrderStatus {
  order: string;
  state: string;
  arrives: string;
}

/** Its widget. One of Widget Builder would be a template: `WidgetTemplate.fromFile('order.widget')`. */
export function orderCard({ order, state, arrives }: OrderStatus) {
  return Card({
    children: [
      Title({ value: `Order ${order}` }),
      Text({ value: state }),
      Text({ value: `Arrives: ${arrives}` }),
    ],
  });
}
