import { assistantMessageStream, ChatController, OnMessage, type Health } from '../../src';
import { MemoryStore } from '../../src/stores';
import { ADAPTERS } from '../support/adapters';
import { serveChat, type TestChat, type TestChatOptions } from '../support/chat';
import { interfere } from '../support/failing-store';
import * as wire from '../support/requests';
import { Latch } from '../support/wait';

const latches: Latch[] = [];

@ChatController()
class Slow {
  @OnMessage()
  reply() {
    const latch = new Latch();
    latches.push(latch);
    return assistantMessageStream(
      (async function* () {
        yield 'One ';
        await latch.opened;
        yield 'two.';
      })(),
    );
  }
}

afterEach(() => {
  for (const latch of latches.splice(0)) latch.open();
});

const OK = { status: 200, body: '{"status":"ok"}' };
const UNAVAILABLE = { status: 503, body: '{"status":"unavailable"}' };

async function get(chat: TestChat, path = '/health', init: RequestInit = {}) {
  const response = await fetch(chat.url + path, init);
  return { status: response.status, body: await response.text() };
}

describe.each(Object.entries(ADAPTERS))('through %s', (name, adapter) => {
  const serve = (options: Partial<TestChatOptions> = {}): Promise<TestChat> =>
    serveChat({ controllers: [Slow], mode: 'production', health: true, ...options }, adapter);

  test('GET /health tells a load balancer that all is well, and nothing else', async () => {
    const chat = await serve({ context: () => null });
    const response = await fetch(`${chat.url}/health`);
    expect({ status: response.status, body: await response.text() }).toEqual(OK);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await get(chat, '/health/?probe=1')).toEqual(OK);
  });

  test('HEAD answers without a body', async () => {
    const chat = await serve();
    expect(await get(chat, '/health', { method: 'HEAD' })).toEqual({ status: 200, body: '' });
  });

  test('without the option there is no such path', async () => {
    const chat = await serve({ health: false });
    expect((await get(chat)).status).toBe(name === 'fetch' ? 405 : 404);
  });

  test('a chat that is closing is unavailable, while its runs go on', async () => {
    const chat = await serve();
    const stream = await chat.open(wire.create());
    await stream.until((event) => JSON.stringify(event).includes('One '));
    expect(await chat.app.health()).toEqual<Health>({
      isReady: true,
      isStoreReachable: true,
      isClosing: false,
      openRuns: 1,
    });
    const closing = chat.close();
    expect(await get(chat)).toEqual(UNAVAILABLE);
    expect(await chat.app.health()).toMatchObject({ isReady: false, isClosing: true, openRuns: 1 });
    latches.at(-1)?.open();
    await closing;
    await stream.end();
    expect(await chat.app.health()).toMatchObject({ isStoreReachable: true, openRuns: 0 });
  });

  test('a store that is away makes it unavailable, and no word of the failure is sent or logged', async () => {
    const store = interfere(new MemoryStore(), () => {
      throw new Error('password authentication failed for user "chat" at db.internal');
    });
    const chat = await serve({ store: without(store, 'admin') });
    expect(await get(chat)).toEqual(UNAVAILABLE);
    expect(await chat.app.health()).toMatchObject({ isReady: false, isStoreReachable: false });
    expect(chat.logger.lines).toEqual([]);
  });

  test('a store that was never started makes it unavailable', async () => {
    const store = new MemoryStore();
    const admin = { ...store.admin, migrate: () => Promise.reject(new Error('The store is away.')) };
    const chat = await serve({ store: Object.assign(Object.create(store) as MemoryStore, { admin }) });
    expect(await get(chat)).toEqual(UNAVAILABLE);
  });
});

function without<T extends object>(target: T, left: keyof T): T {
  return new Proxy(target, {
    get: (of, key, self) => (key === left ? undefined : (Reflect.get(of, key, self) as unknown)),
  });
}
