import 'reflect-metadata';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { assistantMessage, ChatController, OnAction, OnMessage } from '../../src';
import { MemoryStore, StoreRateLimiter } from '../../src/stores';
import { createChatKit } from '../../src';
import { ADAPTERS } from '../support/adapters';
import { serveChat } from '../support/chat';
import * as wire from '../support/requests';

let calls = 0;

@ChatController()
class Counting {
  @OnMessage()
  reply() {
    calls += 1;
    return assistantMessage('Hello!');
  }

  @OnAction('sync', { sync: true, payload: 'unchecked' })
  sync(): void {
    calls += 1;
  }
}

beforeEach(() => (calls = 0));

const HOUR = 3_600_000;
const limited = (points: number, options: object = {}) => {
  const store = new MemoryStore();
  const limiter = new StoreRateLimiter(store, { points, windowMs: HOUR });
  return { controllers: [Counting], store, rateLimit: { limiter, ...options } };
};

test.each(Object.entries(ADAPTERS))(
  'what is too much is refused before a handler is called, and says when to come again: %s',
  async (_, adapter) => {
    const chat = await serveChat(limited(3), adapter);
    const threadId = await chat.newThread();
    await chat.post(wire.say(threadId));
    expect((await chat.post(wire.actSync(threadId, undefined, 'sync'))).status).toBe(200);
    for (const request of [wire.say(threadId), wire.create(), wire.actSync(threadId, undefined, 'sync')]) {
      const { status, json, headers } = await chat.post(request);
      expect([status, json]).toMatchObject([429, { error: { code: 'rate_limited' } }]);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(3500);
    }
    expect(calls).toBe(3);
    expect((await chat.items(threadId)).filter(({ type }) => type === 'user_message')).toHaveLength(2);
  },
);

test('reading, renaming and deleting are free, and each owner has points of their own', async () => {
  const chat = await serveChat(limited(1));
  const threadId = await chat.newThread();
  for (const request of [
    wire.getThread(threadId),
    wire.listThreads(),
    wire.listItems(threadId),
    wire.rename(threadId, 'New'),
    wire.deleteThread(threadId),
  ]) {
    expect((await chat.post(request)).status).toBe(200);
  }
  expect((await chat.post(wire.create())).status).toBe(429);
  expect((await chat.post(wire.create(), { user: 'bob' })).status).toBe(200);
});

test('the application says how many points a request takes, by what it asks for', async () => {
  const points = ({ type, params }: { type: string; params: object }) =>
    type === 'threads.create' ? JSON.stringify(params).length : 0;
  const chat = await serveChat(limited(400, { points }));
  const threadId = await chat.newThread();
  expect((await chat.post(wire.create('x'.repeat(400)))).status).toBe(429);
  expect((await chat.post(wire.say(threadId, 'x'.repeat(400)))).status).toBe(200);
});

test('a limiter of the shape of rate-limiter-flexible is taken; when it fails itself, the request fails', async () => {
  const taken: [string, number][] = [];
  const refusal: unknown = { remainingPoints: 0, msBeforeNext: 1500, consumedPoints: 3 };
  const limiter = {
    consume(owner: string, points: number): Promise<unknown> {
      taken.push([owner, points]);
      if (taken.length === 2)
        return Promise.resolve().then(() => {
          throw refusal;
        }); // no error, as in that package
      if (taken.length === 3) return Promise.reject(new Error('Redis is away'));
      return Promise.resolve({ remainingPoints: 1, msBeforeNext: 1000, consumedPoints: 2 });
    },
  };
  const chat = await serveChat({ controllers: [Counting], rateLimit: { limiter } });
  expect((await chat.post(wire.create())).status).toBe(200);
  const { status, headers } = await chat.post(wire.create());
  expect([status, headers.get('retry-after')]).toEqual([429, '2']);
  const failed = await chat.post(wire.create());
  expect([failed.status, failed.text.includes('Redis')]).toEqual([500, false]);
  expect(taken).toEqual(Array(3).fill(['alice', 1]));
});

test('the limiters of rate-limiter-flexible are taken as they are', async () => {
  const limiter = new RateLimiterMemory({ points: 2, duration: 3600 });
  const chat = await serveChat({ controllers: [Counting], rateLimit: { limiter, fileBytes: limiter } });
  for (let count = 0; count < 2; count += 1) expect((await chat.post(wire.create())).status).toBe(200);
  const { status, json, headers } = await chat.post(wire.create());
  expect([status, json]).toMatchObject([429, { error: { code: 'rate_limited' } }]);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(3500);
  expect((await chat.post(wire.create(), { user: 'bob' })).status).toBe(200);
});

test('a limiter that is none is told at startup', () => {
  const options = { controllers: [Counting], store: new MemoryStore(), owner: 'shared' as const };
  const build = (rateLimit: object) => () => createChatKit({ ...options, rateLimit: rateLimit as never });
  expect(build({})).toThrow(/rateLimit\.limiter/);
  expect(build({ limiter: { consume: 1 } })).toThrow(/rateLimit\.limiter/);
  expect(build({ limiter: { consume: () => undefined }, points: 3 })).toThrow(/rateLimit\.points/);
});
