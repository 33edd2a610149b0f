import 'reflect-metadata';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  assistantMessageStream,
  ChatController,
  hiddenContext,
  OnMessage,
  type UserMessageItem,
} from '../../src';
import { chatkit } from '../../src/node';
import { PostgresStore } from '../../src/stores/postgres';
import { SECRET } from './history';

/** One of several processes on a database, its first argument. It answers slowly, and notes a secret. */
const quiet = { debug: noop, info: noop, warn: noop, error: noop };

async function* words(message: string) {
  for (const word of ['answer', 'to', message, 'it', 'is', 'long', 'enough', 'end.']) {
    yield `${word} `;
    await sleep(15);
  }
}

@ChatController()
class Slow {
  @OnMessage()
  async *reply(message: UserMessageItem | null) {
    const text = message?.content[0]?.text ?? '';
    yield hiddenContext(`${SECRET} ${text}`);
    yield assistantMessageStream(words(text));
  }
}

const chat = chatkit({
  controllers: [Slow],
  store: new PostgresStore(process.argv[2] ?? ''),
  context: (request: IncomingMessage) => ({ userId: request.headers['x-user-id'] as string }),
  owner: ({ userId }: { userId: string }) => userId,
  logger: quiet,
});
const server = createServer(chat).listen(0, '127.0.0.1', () => {
  void chat.app.ready().then(() => process.send?.((server.address() as AddressInfo).port));
});

function noop(): void {
  // the history tells
}
