/*
 * One of several processes on a database, its argument: the URL of one of PostgreSQL, or a file. It answers
 * slowly, and notes a secret.
 */
import 'reflect-metadata';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  assistantMessageStream,
  ChatController,
  hiddenContext,
  OnAction,
  OnMessage,
  replace,
  widget,
  type ChatContext,
  type UserMessageItem,
} from '../../src';
import { chatkit } from '../../src/node';
import { PostgresStore } from '../../src/stores/postgres';
import { SqliteStore } from '../../src/stores/sqlite';
import { countOf, counter } from './counter';
import { SECRET } from './history';
import { levels } from './levels';

async function* words(message: string) {
  const isLarge = message.includes('large');
  for (const word of ['answer', 'to', message, 'it', 'is', 'long', 'enough', 'end.']) {
    // Much more than sockets hold, for a client that does not read.
    for (let piece = 0; isLarge && piece < 10; piece += 1) yield 'x'.repeat(4_000);
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
    if (text.includes('counter')) yield widget(counter(0));
    yield assistantMessageStream(words(text));
  }

  @OnAction('count.up', { sync: true, payload: 'unchecked' })
  countUp(_: unknown, { sender }: ChatContext) {
    // Made again where another process was faster.
    return sender === null ? undefined : replace(sender, (current) => counter(countOf(current) + 1));
  }
}

const quiet = { debug: noop, info: noop, warn: noop, error: noop };
const [database = ''] = process.argv.slice(2);
const chat = chatkit({
  controllers: [Slow],
  store: database.startsWith('postgres')
    ? new PostgresStore(database, { statementTimeoutMs: 1_500 })
    : new SqliteStore(database, { busyTimeoutMs: 1_500 }),
  context: (request: IncomingMessage) => ({ userId: request.headers['x-user-id'] as string }),
  owner: ({ userId }: { userId: string }) => userId,
  logger: quiet,
});
const server = createServer(chat).listen(0, '127.0.0.1', () => void untilReady());

/** The database may be away, or its disk full: the app itself tries again. */
async function untilReady(): Promise<void> {
  for (;;) {
    try {
      await chat.app.ready();
      process.send?.({ port: (server.address() as AddressInfo).port });
      return;
    } catch {
      await sleep(50);
    }
  }
}

process.on('message', (message) => {
  if (message === 'levels') void levels().then((found) => process.send?.({ levels: found }));
});
process.on('disconnect', () => process.exit());

function noop(): void {
  // the history tells
}
