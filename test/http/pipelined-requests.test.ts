import { AsyncLocalStorage } from 'node:async_hooks';
import { assistantMessage, ChatController, OnAction, OnMessage, progress, type ChatContext } from '../../src';
import type { GenerateId } from '../../src/store';
import { ADAPTERS, listen } from '../support/adapters';
import { serveChat } from '../support/chat';
import { LISTENERS } from '../support/listeners';
import { RawSocket } from '../support/raw-socket';
import { Latch, until } from '../support/wait';
import * as wire from '../support/requests';

/*
 * Clients may send a request before the one before it is answered. Responses then leave one after the
 * other, and all but the first have no connection yet.
 */

let running = 0;
let goOn: Latch;
const warnings: Error[] = [];

@ChatController()
class Chat {
  @OnMessage()
  reply() {
    return assistantMessage('Hello');
  }

  @OnAction('stream', { payload: 'unchecked' })
  async *stream(_: unknown, ctx: ChatContext) {
    running += 1;
    try {
      yield progress('begun');
      await Promise.race([
        goOn.opened,
        new Promise((resolve) => ctx.signal.addEventListener('abort', resolve)),
      ]);
      yield progress('gone on');
    } finally {
      running -= 1;
    }
  }

  /** More than a response takes that has no connection yet. */
  @OnAction('long', { payload: 'unchecked' })
  async *long(_: unknown, ctx: ChatContext) {
    running += 1;
    setImmediate(() => void ctx.emit(assistantMessage('It waits.')));
    yield progress('x'.repeat(200_000));
    contexts.push(requests.getStore());
    yield progress('the end');
  }
}

const requests = new AsyncLocalStorage<number>();
const contexts: (number | undefined)[] = [];

const warn = (warning: Error): void => void warnings.push(warning);

beforeEach(() => {
  running = 0;
  goOn = new Latch();
  warnings.length = 0;
  process.on('warning', warn);
});
afterEach(() => void process.off('warning', warn));

describe.each(Object.entries(ADAPTERS).filter(([name]) => name !== 'fetch'))('through %s', (_, adapter) => {
  test('the runs of all of them are stopped when the connection closes', async () => {
    const chat = await serveChat({ controllers: [Chat] }, adapter);
    const socket = await RawSocket.open(chat.url);
    for (let count = 1; count <= 12; count += 1) {
      socket.request(JSON.stringify(wire.act(await chat.newThread(), undefined, 'stream')));
      await until(() => running === count, `run ${String(count)} to begin`);
    }
    socket.hangUp();
    await until(() => running === 0, 'all runs to end');
    expect(warnings).toEqual([]);
  });

  test('they are answered in order', async () => {
    const chat = await serveChat({ controllers: [Chat] }, adapter);
    const [first, second] = [await chat.newThread(), await chat.newThread()];
    const socket = (await RawSocket.open(chat.url)).read();
    socket.request(JSON.stringify(wire.act(first, undefined, 'stream')));
    await until(() => running === 1);
    socket.request(JSON.stringify(wire.act(second, undefined, 'stream')));
    await until(() => running === 2);
    socket.request(JSON.stringify(wire.rename(first, 'The last')));
    goOn.open();
    await socket.untilReceived(/gone on[^]*gone on[^]*The last/);
  });
});

test('a run that goes on when the answer before it is out does so in its own async context', async () => {
  const generateId: GenerateId = (kind) => {
    if (requests.getStore() !== undefined && kind === 'message') contexts.push(requests.getStore());
    return `${kind}_${String(Math.random())}`;
  };
  const chat = await serveChat({ controllers: [Chat], generateId }, (options) => {
    const listener = LISTENERS['node:http']!(options);
    let count = 0;
    return listen((req, res) => requests.run((count += 1), () => listener(req, res))).then((url) => ({
      url,
      app: listener.app,
      close: listener.close,
    }));
  });
  const [first, second] = [await chat.newThread(), await chat.newThread()];
  contexts.length = 0;
  const socket = (await RawSocket.open(chat.url)).read();
  socket.request(JSON.stringify(wire.act(first, undefined, 'stream')));
  await until(() => running === 1);
  socket.request(JSON.stringify(wire.act(second, undefined, 'long')));
  await until(() => running === 2);
  goOn.open();
  await socket.untilReceived(/the end/);
  expect(contexts).toEqual([4, 4]); // of what was emitted, and of what the handler does next
});
