import { createApp, shows, type Serving } from './chat';
import { describeInChromium } from '../chromium';
import { buildPage, countOf, idle, openPlayground, say, screenshot, serveApp } from './support';
import { until } from '../../support/wait';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

describeInChromium('the inspector', (browser) => {
  async function open(serving: Serving = {}) {
    const { app, backstage } = createApp(serving);
    const url = await serveApp(app);
    const opened = await openPlayground(browser(), `${url}/chatkit/playground/?panel=events`, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await opened.page.getByRole('complementary', { name: 'Inspector' }).waitFor();
    return {
      ...opened,
      backstage,
      url,
      inspector: opened.page.getByRole('complementary', { name: 'Inspector' }),
    };
  }

  test('shows the events of each request, which can be searched and opened, and its handler', async () => {
    const { page, inspector } = await open();
    await say(page, 'effect');
    await inspector.getByRole('button', { name: /threads.create/ }).click();
    await inspector.getByText('Controller.reply').waitFor();
    expect(await inspector.locator('.event code').allTextContents()).toEqual([
      'thread.created',
      'thread.item.done',
      'stream_options',
      'client_effect',
      'thread.item.done',
    ]);
    await inspector.getByLabel('Filter events').fill('open_cart');
    await countOf(inspector.locator('.event code'), 1);
    expect(await inspector.locator('.event code').allTextContents()).toEqual(['client_effect']);
    await inspector.getByRole('button', { name: /client_effect/ }).click();
    await inspector.getByText('"items": 2').waitFor();
    await screenshot(page, 'inspector-events');
  });

  test('leads from an event to its item', async () => {
    const { page, inspector } = await open();
    await say(page, 'Hello');
    await inspector.getByRole('button', { name: /threads.create/ }).click();
    await inspector.locator('.event-item').last().click();
    await page.locator('[data-type=assistant_message][data-marked]').waitFor();
  });

  test('copies a request as curl, without what is secret', async () => {
    const { page, inspector } = await open({
      options: { users: { ada: { headers: { 'x-user-id': 'ada', authorization: 'Bearer s3cret' } } } },
    });
    await say(page, "It's me");
    await inspector.getByRole('button', { name: /threads.create/ }).click();
    await inspector.getByRole('button', { name: 'Copy as curl' }).click();
    await inspector.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain('/chatkit');
    expect(copied).toContain(String.raw`It'\''s me`);
    expect(copied).toContain('x-user-id: ada');
    expect(copied).not.toContain('s3cret');
    await inspector.getByRole('button', { name: 'Copy as test' }).click();
    await until(
      async () => (await page.evaluate(() => navigator.clipboard.readText())).includes('testChat('),
      'the test',
    );
  });

  test('saves the session, without what is secret', async () => {
    const { page, inspector } = await open({
      options: { users: { ada: { headers: { 'x-user-id': 'ada', authorization: 'Bearer s3cret' } } } },
    });
    await say(page, 'Hello');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      inspector.getByRole('button', { name: 'Save the session' }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    const saved = Buffer.concat(chunks).toString();
    expect(saved).not.toContain('s3cret');
    const { version, requests } = JSON.parse(saved) as { version: number; requests: { operation: string }[] };
    expect([version, requests.map(({ operation }) => operation)]).toEqual([
      1,
      expect.arrayContaining(['threads.create']),
    ]);
  });

  test('fires an action by a form of its schema, with and without a sender', async () => {
    const { page, inspector, backstage } = await open({
      answers: { show: shows({ type: 'Card', children: [] }) },
    });
    await say(page, 'show');
    await inspector.getByRole('tab', { name: 'Handlers' }).click();
    await inspector.getByRole('button', { name: /test\.wait/ }).click();
    const form = inspector.getByRole('form', { name: 'Fire test.wait' });
    await form.getByLabel('Payload (JSON)').fill('{"id":7}');
    backstage.gate.open();
    await form.getByRole('button', { name: 'Fire' }).click();
    await page.getByText('Waited.').first().waitFor();
    expect(backstage.actions).toEqual([{ type: 'test.wait', payload: { id: 7 }, sync: false }]);
    await idle(page);
    await inspector.getByRole('button', { name: /test\.refused/ }).click();
    const refused = inspector.getByRole('form', { name: 'Fire test.refused' });
    await refused.getByLabel('Sender').selectOption({ index: 1 });
    await refused.getByRole('button', { name: 'Fire' }).click();
    await refused.getByRole('alert').getByText('You may not do this.').waitFor();
  });

  test('shows what the store holds and never sends', async () => {
    const { page, inspector } = await open();
    await say(page, 'effect');
    await inspector.getByRole('tab', { name: 'Store' }).click();
    await inspector.getByText('3 items, 1 hidden').waitFor();
    await inspector.getByText('hidden_context_item', { exact: true }).click();
    await inspector.getByText('SECRET for the model').waitFor();
    expect(await page.locator('.messages').textContent()).not.toContain('SECRET');
    await screenshot(page, 'inspector-store');
  });

  test('of a chat elsewhere it shows the wire alone, and says so', async () => {
    const { app } = createApp({ options: { api: '/chatkit' } });
    const url = await serveApp(app);
    const { page } = await openPlayground(browser(), `${url}/chatkit/playground/?panel=events`);
    await page.route('**/api/config', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), inspects: false } });
    });
    await page.reload();
    await page.getByText('only requests and responses are shown').waitFor();
    expect(await page.getByRole('tab').allTextContents()).toEqual(['Events', 'Page', 'Options']);
  });

  test('warns of colours of a widget that are hard to read, and of unknown tokens', async () => {
    const text = (value: string, color: unknown) => ({ type: 'Text', value, color });
    const { page, inspector } = await open({
      answers: {
        show: shows({
          type: 'Card',
          background: '#ffffff',
          children: [
            text('Too pale', '#aaaaaa'),
            text('Dark enough', '#333333'),
            text('A token', 'tertiary'),
            text('Nobody knows it', 'teal-ish'),
            { type: 'Title', value: 'Large', size: '3xl', color: '#888888' },
          ],
        }),
      },
    });
    await say(page, 'show');
    await inspector.getByRole('tab', { name: 'Page (2)' }).click();
    const notes = inspector.getByRole('region', { name: 'Notes on widgets' }).getByRole('listitem');
    await notes.filter({ hasText: 'teal-ish' }).waitFor();
    await notes.filter({ hasText: 'Contrast 2.3 to 1: “Too pale”, #aaaaaa on #ffffff' }).waitFor();
    await countOf(notes, 2);
  });

  test('users are switched, and see their own threads alone', async () => {
    const users = { ada: { headers: { 'x-user-id': 'ada' } }, bob: { headers: { 'x-user-id': 'bob' } } };
    const { page } = await open({ options: { users } });
    await say(page, 'I am Ada');
    await page.getByRole('button', { name: 'User: ada' }).click();
    await page.getByRole('menuitemradio', { name: 'bob' }).click();
    await page.getByText('No threads yet.').waitFor();
    expect(page.url()).toContain('user=bob');
    await page.getByRole('button', { name: 'User: bob' }).click();
    await page.getByRole('menuitemradio', { name: 'ada' }).click();
    await page.getByRole('navigation', { name: 'Threads' }).getByRole('listitem').first().waitFor();
  });
});
