import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { MemoryStore } from '../../../src';
import { playground } from '../../../src/playground';
import { afterThisTest } from '../../support/cleanup';
import { createApp } from './chat';
import { describeInChromium } from '../chromium';
import { buildPage, openPlayground, say } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

async function listen(app: Express, port = 0): Promise<Server> {
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  afterThisTest(() => stop(server));
  return server;
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

describeInChromium('when the server is restarted', (browser) => {
  test('the page says so, comes back with the thread, and keeps draft, panel and log', async () => {
    const store = new MemoryStore();
    const first = await listen(createApp({ store }).app);
    const { port } = first.address() as AddressInfo;
    const { page } = await openPlayground(
      browser(),
      `http://127.0.0.1:${String(port)}/chatkit/playground/?panel=events`,
    );
    await say(page, 'Before');
    await page.getByLabel('Message', { exact: true }).fill('half a thought');
    await stop(first);
    await page.getByText('The server does not answer.').waitFor();
    await listen(createApp({ store }).app, port);
    await page.getByText('The server was restarted').waitFor();
    await page.getByText('You said: Before').first().waitFor();
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('half a thought');
    await page
      .getByRole('complementary', { name: 'Inspector' })
      .getByRole('button', { name: /threads.create/ })
      .waitFor();
    await say(page, 'After');
    await page.getByText('You said: After').first().waitFor();
  });

  test('and has forgotten the thread, the draft is sent in a new one', async () => {
    const first = await listen(createApp().app);
    const { port } = first.address() as AddressInfo;
    const { page } = await openPlayground(browser(), `http://127.0.0.1:${String(port)}/chatkit/playground/`);
    await say(page, 'Before');
    await page.getByLabel('Message', { exact: true }).fill('half a thought');
    await stop(first);
    await page.getByText('The server does not answer.').waitFor();
    await listen(createApp().app, port);
    const problem = page.getByRole('alert').filter({ hasText: 'The thread could not be loaded again' });
    await problem.getByRole('button', { name: 'New chat' }).click();
    await page.getByText('What can I help with today?').waitFor();
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('half a thought');
    await say(page, 'half a thought');
    await page.getByText('You said: half a thought').first().waitFor();
  });

  test('and does not start, all of that is there when it is mended', async () => {
    const store = new MemoryStore();
    const users = { ada: { headers: { 'x-user-id': 'ada' } } };
    const serving = { store, options: { users } };
    const first = await listen(createApp(serving).app);
    const { port } = first.address() as AddressInfo;
    const { page } = await openPlayground(
      browser(),
      `http://127.0.0.1:${String(port)}/chatkit/playground/?panel=events`,
    );
    await say(page, 'Before');
    await page.getByLabel('Message', { exact: true }).fill('half a thought');
    await stop(first);
    const broken = await listen(express().use('/chatkit/playground', playground({ failed: 'oops' })), port);
    await page.getByRole('heading', { name: 'The chat does not start' }).waitFor();
    expect(await page.getByText('You said: Before').first().isVisible()).toBe(false);
    await stop(broken);
    await page.getByRole('alert').getByText('The server does not answer.').waitFor();
    await listen(createApp(serving).app, port);
    await page.getByText('You said: Before').first().waitFor();
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('half a thought');
    await page
      .getByRole('complementary', { name: 'Inspector' })
      .getByRole('button', { name: /threads.create/ })
      .waitFor();
    await say(page, 'After');
    await page.getByText('You said: After').first().waitFor();
  });
});
