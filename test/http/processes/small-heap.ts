import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { assistantMessage, ChatController, OnMessage } from '../../../src';
import { chatkit } from '../../../src/node';
import { SqliteStore } from '../../../src/stores/sqlite';

/** A server on a store with more in it than its heap can hold. */
export interface Report {
  url: string;
  accidents: string[];
}

const accidents: string[] = [];
process.on('uncaughtException', (error) => accidents.push(String(error)));
process.on('unhandledRejection', (error) => accidents.push(String(error)));

@ChatController()
class Controller {
  @OnMessage()
  reply() {
    return assistantMessage('Hello!');
  }
}

const [file = ''] = process.argv.slice(2);
const chat = chatkit({
  controllers: [Controller],
  store: new SqliteStore(file),
  context: (request) => ({ userId: String(request.headers['x-user-id']) }),
  owner: ({ userId }: { userId: string }) => userId,
});

const server = createServer(chat);
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const report = (): void => {
    process.send?.({ url: `http://127.0.0.1:${String(port)}/chatkit`, accidents } satisfies Report);
  };
  process.on('message', report);
  report();
});
