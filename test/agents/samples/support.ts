import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ThreadStreamEvent, WidgetItem } from '../../../src/protocol';

/** Lets a server listen until the test is over. */
export async function serve(server: Server, port = 0): Promise<{ url: string }> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
}

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** The last widget that a stream added or replaced. */
export function widgetOf(events: readonly ThreadStreamEvent[]): WidgetItem {
  const items = events.flatMap((event) =>
    'item' in event && event.item.type === 'widget' ? [event.item] : [],
  );
  const item = items.at(-1);
  if (item === undefined) throw new Error(`No widget: ${JSON.stringify(events)}`);
  return item;
}
