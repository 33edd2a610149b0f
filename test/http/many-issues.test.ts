/* eslint-disable @typescript-eslint/no-unused-vars -- parameters give the handlers their payloads' class */
import 'reflect-metadata';
import { IsString, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { z } from 'zod';
import { ChatController, OnAction, OnMessage, Payload, type HandlerResult } from '../../src';
import { serveChat } from '../support/chat';
import * as wire from '../support/requests';

/*
 * Who sends a thousand problems gets the first twenty, and how many more there are: neither the answer
 * nor the log grows with what is wrong in the request.
 */

class Row {
  @IsString()
  name!: string;
}

class Rows {
  @ValidateNested({ each: true })
  @Type(() => Row)
  rows!: Row[];
}

const schema = z.object({ rows: z.array(z.object({ name: z.string() })) });

@ChatController('table')
class Table {
  @OnMessage()
  reply() {
    return [];
  }

  @OnAction('save')
  save(@Payload() _payload: Rows) {
    return [];
  }

  @OnAction('keep', { sync: true })
  keep(@Payload() _payload: Rows) {
    return undefined;
  }

  @OnAction('check', { sync: true, payload: schema })
  check() {
    return undefined;
  }

  @OnAction('yield')
  yield() {
    const content = Array.from({ length: 5000 }, () => ({ type: 'output_text', text: 5 }));
    return {
      type: 'thread.item.done',
      item: { type: 'assistant_message', content },
    } as unknown as HandlerResult;
  }
}

interface Refusal {
  error: { code: string; message: string; issues: { path: string; message: string }[]; more_issues?: number };
}

const COUNT = 9_000;
const rows = Array.from({ length: COUNT }, () => ({ name: 5 }));
const LARGEST = 16_000; // characters of an answer

const serve = (options: object = {}) => serveChat({ controllers: [Table], ...options });

test.each(['table.keep', 'table.check'])('a payload with thousands of problems, %s', async (action) => {
  const chat = await serve();
  const { status, text } = await chat.post(wire.actSync(await chat.newThread(), undefined, action, { rows }));
  const { error } = JSON.parse(text) as Refusal;
  expect(status).toBe(422);
  expect(text.length).toBeLessThan(LARGEST);
  expect(error.issues).toHaveLength(20);
  expect(error.issues[0]?.path).toBe('rows.0.name');
  expect(error.more_issues).toBe(COUNT - 20);
  expect(error.message).toMatch(/^Invalid payload: rows\.0\.name.*; and \d{4} more$/);
});

test('a payload with thousands of problems in a stream', async () => {
  const chat = await serve();
  const { events, text } = await chat.post(
    wire.act(await chat.newThread(), undefined, 'table.save', { rows }),
  );
  const last = events.at(-1);
  expect(last).toMatchObject({ type: 'error', code: 'custom' });
  expect(last).toMatchObject({ message: expect.stringMatching(/; and \d{4} more$/) as string });
  expect(text.length).toBeLessThan(LARGEST);
});

test('unknown fields by the thousand, with long names, refused or dropped', async () => {
  const names = Object.fromEntries(
    Array.from({ length: 900 }, (_, index) => [`${'x'.repeat(2000)}${String(index)}`, 1]),
  );
  const strict = await serve({ unknownFields: 'refuse' });
  const body = wire.actSync(await strict.newThread(), undefined, 'table.keep', { rows: [], ...names });
  const { status, text } = await strict.post(body);
  expect(status).toBe(422);
  expect(text.length).toBeLessThan(2 * LARGEST);
  expect((JSON.parse(text) as Refusal).error.more_issues).toBe(880);

  const lax = await serve({ mode: 'development' });
  const dropping = wire.actSync(await lax.newThread(), undefined, 'table.keep', { rows: [], ...names });
  expect((await lax.post(dropping)).status).toBe(200);
  expect(JSON.stringify(lax.logger.lines.at(-1)).length).toBeLessThan(LARGEST);
});

test('a request with thousands of problems', async () => {
  const chat = await serve();
  const count = 1000; // more entries are refused as such
  const content = Array.from({ length: count }, () => ({ type: 'input_text', text: 5 }));
  const { status, text } = await chat.post(wire.create('x', { content }));
  const { error } = JSON.parse(text) as Refusal;
  expect(status).toBe(400);
  expect(text.length).toBeLessThan(LARGEST);
  expect(error.issues).toHaveLength(20);
  expect(error.more_issues).toBe(count - 20);
  expect(error.message).toContain(`(and ${String(count - 1)} more)`);
});

test('structured answers with hundreds of problems', async () => {
  const chat = await serve();
  const answers = Object.fromEntries(
    Array.from({ length: 90 }, (_, index) => [`q${String(index)}`, { values: rows.slice(0, 10) }]),
  );
  const threadId = await chat.newThread();
  const { status, text } = await chat.post(wire.answer(threadId, 'item', { status: 'answered', answers }));
  expect(status).toBe(400);
  expect(text.length).toBeLessThan(LARGEST);
  expect((JSON.parse(text) as Refusal).error.more_issues).toBe(880);
});

test.each([
  ['an id', (long: string) => wire.getThread(long)],
  ['an operation', (long: string) => ({ type: long })],
  ['an action', (long: string) => wire.actSync('thread', undefined, long)],
  [
    'a key',
    (long: string) => ({ type: 'threads.create', params: { input: { [long]: { __proto__: null } } } }),
  ],
])('what is sent comes back in a message only so far: %s', async (_, body) => {
  const chat = await serve();
  const { status, text } = await chat.post(body('y'.repeat(500_000)));
  expect(status).toBeGreaterThanOrEqual(400);
  expect(text.length).toBeLessThan(LARGEST);
  for (const line of chat.logger.lines) expect(JSON.stringify(line).length).toBeLessThan(LARGEST);
});

test('an event of a handler with thousands of problems', async () => {
  const chat = await serve({ mode: 'development' });
  await chat.post(wire.act(await chat.newThread(), undefined, 'table.yield'));
  const line = chat.logger.lines.find(({ details }) => details['code'] === 'invalid_event');
  expect(line?.message).toMatch(/; and \d+ more\. Give its fields/);
  expect(line!.message.length).toBeLessThan(LARGEST);
});
