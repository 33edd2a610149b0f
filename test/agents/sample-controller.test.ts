import 'reflect-metadata';
import { createShopAgent } from '../../samples/agent/agent';
import { Orders } from '../../samples/agent/orders';
import { ShopController } from '../../samples/agent/shop-controller';
import { cancelOrder } from '../../samples/agent/widgets';
import { chatMatchers, testChat } from '../../src/testing';
import { scriptedModel, toolCall } from '../../src/testing/agents';

expect.extend(chatMatchers);

it('shows an order by the tool, cancels it by the button, and tells the model', async () => {
  const model = scriptedModel([
    ['Here it is.', toolCall('show_order', { id: 'A-17' })],
    'Anything else?',
    'It is cancelled.',
  ]);
  const orders = new Orders();
  const chat = testChat({
    controllers: [new ShopController(() => createShopAgent(model, orders), orders)],
  });
  const shown = await chat.send('Where is my order A-17?');
  expect(shown.messages).toEqual(['Here it is.', 'Anything else?']);
  const cancelled = await chat.action(cancelOrder, { id: 'A-17' });
  expect(cancelled).toHaveReplaced(shown.widgets[0]);
  expect(cancelled).toHaveHiddenContext('The user has cancelled order A-17.');
  expect(await chat.send('Is it gone?')).toHaveSaid('It is cancelled.');
  expect(JSON.stringify(model.requests.at(-1)?.input)).toContain('The user has cancelled order A-17.');
});
