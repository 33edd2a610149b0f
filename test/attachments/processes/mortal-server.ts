import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChatController, OnMessage } from '../../../src';
import { chatkit } from '../../../src/node';
import { DiskAttachmentStore } from '../../../src/stores/disk-attachments';
import { SqliteStore } from '../../../src/stores/sqlite';
import { interfere } from '../../support/failing-store';

/** A server that is killed after as many calls to its store as it is told, counted from then. */
const [directory = '', database = '', secret = ''] = process.argv.slice(2);

@ChatController()
class Silent {
  @OnMessage()
  reply(): void {
    // says nothing
  }
}

let left = Infinity;
const store = interfere(new SqliteStore(database), (_, proceed) => {
  const result = proceed();
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
  return result;
});

let url = 'http://localhost/chatkit';
const attachmentStore = new DiskAttachmentStore({ directory, secret, baseUrl: () => url });
const chat = chatkit({
  controllers: [Silent],
  store,
  attachmentStore,
  context: () => ({ userId: 'alice' }),
  owner: ({ userId }) => userId,
});

const server = createServer(chat).listen(0, '127.0.0.1', () => {
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/chatkit`;
  process.send?.(url);
});

process.on('message', (calls) => {
  left = Number(calls);
  process.send?.('armed');
});
