import { assistantMessage } from '../../src';
import { chatkit } from '../../src/fetch';
import { createClient, type ChatKitClient } from '../../src/client';
import { MemoryStore } from '../../src/stores';
import * as testing from '../../src/testing';
import type { LoggedRequest } from '../../playground/src/data/logged-request';
import { asTest } from '../../playground/src/inspector/copied-test/as-test';
import type { CodeBlock } from '../docs/code-blocks';
import { runBlock } from '../docs/run-block';
import { typeCheck } from '../docs/type-check';
import { RecordingLogger } from '../support/logger';
import { Shop, signing } from '../testing/shop';
import { logInto } from './log-into';

/** What `controllers` are in the tests that were copied. */
const app: CodeBlock = {
  page: 'copied',
  line: 1,
  language: 'ts',
  code: 'export declare const controllers: object[];',
  file: 'app.ts',
};

const blockOf = (code: string): CodeBlock => ({
  page: 'copied',
  line: 1,
  language: 'ts',
  code,
  file: undefined,
});

/** Runs the test that was copied, against a shop. */
async function runCopied(code: string, shop: object): Promise<void> {
  const tests: (() => Promise<void>)[] = [];
  const defined = jest.spyOn(globalThis, 'test').mockImplementation((_, body) => {
    tests.push(body as () => Promise<void>);
  });
  runBlock(blockOf(code), (name) => (name === './app' ? { controllers: [shop] } : kit));
  defined.mockRestore();
  expect(tests).toHaveLength(1);
  await tests[0]!();
}

/** The kit, with the options that the comment in a copied test asks for. */
const kit = {
  ...testing,
  testChat: (options: testing.TestChatOptions) =>
    testing.testChat({ ...options, signing, logger: new RecordingLogger() }),
};

async function recorded(play: (client: ChatKitClient) => Promise<unknown>): Promise<LoggedRequest[]> {
  const log: LoggedRequest[] = [];
  const chat = chatkit({
    controllers: [new Shop()],
    signing,
    store: new MemoryStore(),
    context: () => ({ userId: 'test-user' }),
    owner: ({ userId }: { userId: string }) => userId,
    logger: new RecordingLogger(),
  });
  const fetch = logInto(log, (url, init) => chat(new Request(url, init)));
  await play(createClient({ url: 'http://chat.test/chatkit', locale: 'en', fetch }));
  return log;
}

async function session({ threads, items }: ChatKitClient): Promise<void> {
  const [created] = await threads.create('hello').collect();
  const { id } = (created as { thread: { id: string } }).thread;
  const shown = async () => (await items.list(id, { order: 'asc', limit: 100 })).data;
  const widgets = async () => (await shown()).filter(({ type }) => type === 'widget');
  const [list] = await widgets();
  await threads.action(id, { type: 'item.select', payload: { id: 'b' } }, { itemId: list!.id }).collect();
  await threads.syncAction(id, { type: 'item.star', payload: { id: 'a' } }, { itemId: list!.id });
  await threads.addUserMessage(id, { content: "It's\n${odd} `text`", quoted_text: 'a\u2028b' }).collect();
  await threads.addUserMessage(id, 'orders').collect();
  const [, , ten] = await widgets();
  const payload = JSON.parse(/\{"amount":10,[^}]*\}/.exec(JSON.stringify(ten))![0]) as object;
  await threads.action(id, { type: 'order.pay', payload }, { itemId: ten!.id }).collect();
  await threads.action(id, { type: 'order.refresh' }).collect();
  await threads.action(id, { type: 'item.select', payload: { id: 7 } }, { itemId: list!.id }).collect();
  await threads.addUserMessage(id, 'tool').collect();
  await threads.addClientToolOutput(id, { city: 'Graz', list: [] }).collect();
  await threads.addUserMessage(id, 'ask').collect();
  const question = (await shown()).findLast(({ type }) => type === 'structured_input');
  await threads.addStructuredInput(id, question!.id, { city: ['Graz'] }).collect();
  await threads.addUserMessage(id, 'refuse').collect();
  await threads.addUserMessage(id, 'throw').collect();
  for await (const event of threads.addUserMessage(id, 'count'))
    if ('item' in event && isTwo(event.item)) break;
  const users = (await shown()).filter(({ type }) => type === 'user_message');
  await items.feedback(id, [(await shown())[1]!.id], 'negative');
  await threads.retryAfterItem(id, users.at(-2)!.id).collect();
  await threads.retryAfterItem(id, users[1]!.id).collect();
  await threads
    .addClientToolOutput(id, 'nothing asked')
    .collect()
    .catch(() => undefined);
  await threads.update(id, { title: 'Shopping' });
  await threads.list();
}

const isTwo = (item: object): boolean => JSON.stringify(item).includes('"text":"2"');

let log: LoggedRequest[];
beforeAll(async () => (log = await recorded(session)));
const copied = (request: LoggedRequest): string => asTest(request, log.slice(0, log.indexOf(request)));

it('compiles for every request', () => {
  expect(log.length).toBeGreaterThan(25);
  expect(typeCheck([app, ...log.map((request) => blockOf(copied(request)))])).toEqual([]);
}, 60_000);

it('passes for every request, with the kit and the same controllers', async () => {
  for (const request of log) await runCopied(copied(request), new Shop());
});

it('fails when the app does something else', async () => {
  const different = new Shop();
  different.reply = () =>
    (async function* () {
      yield await Promise.resolve(assistantMessage('Closed.'));
    })();
  const failed: string[] = [];
  for (const request of log.filter(({ headers }) => headers['accept'] === 'text/event-stream')) {
    await runCopied(copied(request), different).catch(() => failed.push(request.operation));
  }
  expect(failed.length).toBeGreaterThan(10);
});

it('is what a person would write', () => {
  const titled = (text: string): string => copied(log.find(({ body }) => body.includes(text))!);
  expect(titled('item.select')).toMatchInlineSnapshot(`
   "import { chatMatchers, testChat } from 'chatkit-controllers/testing';
   import { controllers } from './app'; // those of your chat

   expect.extend(chatMatchers);

   test('item.select', async () => {
     const chat = testChat({ controllers }); // and the other options of your chat
     await chat.send('hello');
     const result = await chat.action('item.select', { id: 'b' });
     expect(result.error).toBeUndefined();
     expect(result).toHaveSaid('Selected b.');
     expect(result.widgets.map(({ widget }) => widget.type)).toEqual(['ListView']);
     expect(result).toHaveReplaced({ type: 'ListView' });
     expect(result).toHaveEffect('selection_mode', { itemId: 'b' });
   });
   "
  `);
  expect(titled('order.pay')).toMatchInlineSnapshot(`
   "import { chatMatchers, testChat } from 'chatkit-controllers/testing';
   import { controllers } from './app'; // those of your chat

   expect.extend(chatMatchers);

   test('order.pay', async () => {
     const chat = testChat({ controllers }); // and the other options of your chat
     await chat.send('hello');
     await chat.action('item.select', { id: 'b' });
     await chat.syncAction('item.star', { id: 'a' });
     await chat.send({ content: 'It\\'s\\n\${odd} \`text\`', quoted_text: 'a\\u2028b' });
     await chat.send('orders');
     const result = await chat.action('order.pay', { amount: 10 }, { sender: ({ id }) => id === chat.thread.items[8]?.id });
     expect(result.error).toBeUndefined();
     expect(result.widgets.map(({ widget }) => widget.type)).toEqual(['Card']);
     expect(result).toHaveReplaced({ type: 'Card' });
   });
   "
  `);
});

it('has the headers of the user, and says what it cannot repeat', () => {
  const last = log.findLast(({ operation }) => operation === 'threads.add_user_message')!;
  const body = last.body.replace('"attachments":[]', '"attachments":["atc_1"]');
  const request = { ...last, body, headers: { ...last.headers, 'x-user-id': 'ada' } };
  const code = asTest(request, []);
  expect(code).toContain("testChat({ controllers, headers: { 'x-user-id': 'ada' } });");
  expect(code).toContain('// Earlier items of the thread are not in the log.');
  expect(code).toContain('// The attachments are left out.');
  expect(copied(last)).not.toMatch(/does not have|left out/);
});
