import 'reflect-metadata';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { ChatController, OnMessage, type AnyActionDefinition, type Class } from '../../src';
import { serveChat } from '../support/chat';
import * as wire from '../support/requests';
import { ROOT } from './code-blocks';
import { runBlockWith } from './blocks-of';

@ChatController()
class Responder {
  @OnMessage()
  reply(): void {
    // it answers nothing
  }
}

const load = (name: string): unknown => jest.requireActual(name);

// Behind UTC, ahead of it, and UTC itself: midnight of one is another day in the other two.
test.each(['America/New_York', 'Asia/Tokyo', 'UTC'])(
  'the page of forms books the day that was picked, on a server in %s',
  async (TZ) => {
    const script = ['--import', 'tsx', 'test/docs/book-a-room.ts'];
    const env = { ...process.env, TZ };
    const { stdout } = await promisify(execFile)(process.execPath, script, { cwd: ROOT, env });
    expect(stdout).toContain('Ada: 2 nights from 2026-03-01.');
  },
  60_000,
);

test('its schema takes what the controls send that it names', async () => {
  const { order } = runBlockWith('docs/payloads-and-forms.md', "defineAction(\n  'order'", load) as {
    order: AnyActionDefinition;
  };
  const schema = order.payload as StandardSchemaV1;
  const check = async (payload: unknown) => schema['~standard'].validate(payload);
  expect(await check({ count: '2', express: true, gift: 'false' })).toMatchObject({
    value: { count: 2, express: true, gift: false },
  });
  for (const wrong of [
    { count: '', express: true, gift: 'true' }, // a cleared field is not 0
    { count: '2', express: 'true', gift: 'true' },
    { count: '2', express: true, gift: true },
  ]) {
    expect(await check(wrong)).toHaveProperty('issues');
  }
});

test.each([
  ['abc', /; nights must be an integer number$/],
  ['', /nights must be an integer number$/],
  ['2.5', /^Invalid payload: nights must be an integer number$/],
])('%p for a number of nights is answered with what the page says', async (nights, message) => {
  const { BookingController } = runBlockWith('docs/payloads-and-forms.md', '@OnAction(book)', load) as {
    BookingController: Class;
  };
  const chat = await serveChat({ controllers: [BookingController, Responder] });
  const payload = { roomId: 'r', from: '2026-03-01', nights, guest: { name: 'Ada' } };
  const reply = await chat.post(wire.act(await chat.newThread(), undefined, 'room.book', payload));
  expect(reply.events.at(-1)).toMatchObject({ type: 'error', message: expect.stringMatching(message) });
});
