import { setImmediate } from 'node:timers/promises';
import { assistantMessage, ChatController, OnMessage } from '../../src';
import { serveChat } from '../support/chat';
import * as wire from '../support/requests';

/*
 * An `owner` that reads the wrong field answers every request with 401, as a user who is not logged in
 * does: the log tells the two apart.
 */

@ChatController()
class Hello {
  @OnMessage()
  reply() {
    return assistantMessage('Hello!');
  }
}

const serve = (owner: () => unknown, mode: 'development' | 'production') =>
  serveChat({ controllers: [Hello], mode, owner: owner as () => string });

test.each<[string, () => unknown]>([
  ['undefined', () => undefined],
  ['null', () => null],
  ['an empty text', () => ''],
  ['a value of type number', () => 7],
  ['a value of type object', () => ({ id: 'ada' })],
])('an owner that returned %s is told once, in development', async (what, owner) => {
  const chat = await serve(owner, 'development');
  const answers = [await chat.post(wire.create()), await chat.post(wire.create())];
  expect(answers.map(({ status }) => status)).toEqual([401, 401]);
  const lines = chat.logger.lines.filter(({ level }) => level === 'warn');
  expect(lines).toHaveLength(1);
  expect(lines[0]?.message).toContain(`\`owner\` returned ${what}, and`);
  expect(lines[0]?.details).toMatchObject({ code: 'unauthorized', fix: expect.stringContaining('owner:') });
});

test('an owner that is asynchronous is told likewise, and one that rejects ends no process', async () => {
  const unhandled: unknown[] = [];
  const listen = (error: unknown): void => void unhandled.push(error);
  process.on('unhandledRejection', listen);
  const chat = await serve(async () => Promise.reject(new Error('no database')), 'production');
  expect((await chat.post(wire.create())).status).toBe(401);
  await setImmediate(); // when rejections are told
  process.off('unhandledRejection', listen);
  expect(unhandled).toEqual([]);
  expect(chat.logger.messages('warn')).toEqual([
    expect.stringContaining('`owner` returned a value of type object'),
  ]);
});

test.each<[string, () => unknown, number]>([
  ['says nothing of a user who is not logged in', () => undefined, 0],
  ['tells of an owner that is no text', () => 7, 1],
])('production %s', async (_, owner, count) => {
  const chat = await serve(owner, 'production');
  expect((await chat.post(wire.create())).status).toBe(401);
  expect(chat.logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(count);
});
