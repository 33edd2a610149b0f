import { join } from 'node:path';
import type { ActionConfig } from '../../src';
import { temporaryDirectories } from '../stores/temporary';
import { threadIdOf } from '../support/chat';
import { Child } from '../support/child';
import { post, type Reply } from '../support/client';
import * as wire from '../support/requests';
import { pause } from '../support/wait';

const USED = 'This button has been used already.';
const INVALID = 'This button is not valid here.';
const newDirectory = temporaryDirectories();

/** Starts servers that share one file. */
async function serve(count: number): Promise<string[]> {
  const file = join(newDirectory(), 'chat.db');
  const urls: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const child = Child.start<string>('http/processes/confirm-server.ts');
    await child.next();
    urls.push(await child.ask(file));
  }
  return urls;
}

interface Button {
  threadId: string;
  itemId: string;
  payload: Record<string, unknown>;
}

/** A new thread with a confirm button, as the browser has it. */
async function newButton(url: string, id: string, user = 'alice'): Promise<Button> {
  const reply = await post(url, wire.create(id), { user });
  const item = lastWidget(reply);
  const { payload } = item.widget['onSubmitAction'] as ActionConfig;
  return { threadId: threadIdOf(reply), itemId: item.id, payload: payload as Button['payload'] };
}

function lastWidget({ events, text }: Reply) {
  const items = events.flatMap((event) => (event.type === 'thread.item.done' ? [event.item] : []));
  const last = items.at(-1);
  if (last?.type !== 'widget') throw new Error(`There is no widget: ${text}`);
  return last;
}

const press = (url: string, { threadId, itemId, payload }: Button, more: object = {}, user = 'alice') =>
  post(url, wire.act(threadId, itemId, 'order.confirm', { ...payload, ...more }), { user });

/** The error's message, or the types of what was answered. */
function outcome({ events, types }: Reply): string {
  const problem = events.find((event) => event.type === 'error');
  return problem?.message ?? types.slice(1).join(' ');
}
const CONFIRMED = 'thread.item.done thread.item.replaced';

test('a confirm button, and everything that can be done to it', async () => {
  const [url] = (await serve(1)) as [string];
  const button = await newButton(url, 'a');
  const other = await newButton(url, 'a');

  const forged = Buffer.from(JSON.stringify(['id', 'price'])).toString('base64url');
  expect(outcome(await press(url, button, { $signature: `v1..${forged}.${'A'.repeat(43)}` }))).toBe(INVALID);
  expect(outcome(await press(url, button, { price: 1 }))).toBe(INVALID);
  expect(outcome(await press(url, button, { $signature: undefined }))).toBe(
    'This action is accepted from signed buttons only.',
  );
  expect(outcome(await press(url, { ...other, payload: button.payload }))).toBe(INVALID);
  expect(outcome(await press(url, { ...button, threadId: other.threadId, itemId: other.itemId }))).toBe(
    INVALID,
  );
  expect((await press(url, button, {}, 'bob')).status).toBe(404);

  expect(outcome(await press(url, button, { note: 'ring twice' }))).toBe(CONFIRMED);
  expect(outcome(await press(url, button, { note: 'ring twice' }))).toBe(USED);
  expect(outcome(await press(url, other))).toBe(CONFIRMED);

  const brief = await newButton(url, 'brief');
  await pause(350);
  expect(outcome(await press(url, brief))).toBe('This button has expired.');
});

test('of clicks on one button in two processes at once exactly one is taken', async () => {
  const urls = await serve(2);
  for (let round = 0; round < 10; round += 1) {
    const button = await newButton(urls[0]!, `order ${String(round)}`);
    const clicks = Array.from({ length: 6 }, (_, n) =>
      press(urls[n % 2]!, button, { note: `click ${String(n)}` }),
    );
    const outcomes = (await Promise.all(clicks)).map(outcome).sort();
    expect(outcomes).toEqual([USED, USED, USED, USED, USED, CONFIRMED]);
  }
});

test('a button stays used when the process that took it has died', async () => {
  const [first, second] = (await serve(2)) as [string, string];
  const button = await newButton(first, 'a');
  await expect(press(first, button, { die: true })).rejects.toThrow();
  expect(outcome(await press(second, button))).toBe(USED);
});
