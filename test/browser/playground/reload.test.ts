import express from 'express';
import type { Page } from 'playwright-core';
import { ChatController, MemoryStore, OnAction } from '../../../src';
import { chatkit } from '../../../src/express';
import { playground } from '../../../src/playground';
import { seriousFlaws } from './axe';
import { createApp, type Serving } from './chat';
import { describeInChromium } from '../chromium';
import { buildPage, countOf, idle, openPlayground, say, screenshot, serveApp } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

describeInChromium('after a reload', (browser) => {
  async function open(serving: Serving = {}) {
    const { app, backstage } = createApp(serving);
    const opened = await openPlayground(browser(), `${await serveApp(app)}/chatkit/playground/`);
    return { ...opened, backstage };
  }

  async function begin(page: Page, text: string, seen: string): Promise<void> {
    await page.getByLabel('Message', { exact: true }).fill(text);
    await page.keyboard.press('Enter');
    await page.getByText(seen).first().waitFor();
  }

  test('a run that goes on without the page is followed until it has ended', async () => {
    const { page, backstage, complaints } = await open({ chat: { onDisconnect: 'finish' } });
    await begin(page, 'slow', 'The first half,');
    await countOf(page.getByRole('button', { name: 'Stop' }), 0);
    await page.reload();
    await page.getByText('The answer is still running').waitFor();
    expect(await page.locator('.bubble').textContent()).toBe('slow');
    backstage.gate.open();
    await page.getByText('The first half, and the second.').first().waitFor();
    await page.getByText('The answer is still running').waitFor({ state: 'detached' });
    await say(page, 'Hello');
    await page.getByText('You said: Hello').first().waitFor();
    expect(complaints).toEqual([]);
  });

  test('what is shown stays while it cannot be fetched anew, and goes on when it can', async () => {
    const { page, backstage } = await open({ chat: { onDisconnect: 'finish' } });
    await begin(page, 'slow', 'The first half,');
    await page.reload();
    await page.getByText('The answer is still running').waitFor();
    await page.route('**/chatkit', (route) => route.abort());
    const problem = page.getByRole('alert').getByText('The thread could not be loaded again');
    await problem.waitFor();
    await page.locator('.bubble').getByText('slow').waitFor();
    await screenshot(page, 'refresh-failed');
    await page.unroute('**/chatkit');
    backstage.gate.open();
    await page.getByText('The first half, and the second.').first().waitFor();
    await problem.waitFor({ state: 'detached' });
  });

  test('a run that ends with the page is not waited for: what it had said is there', async () => {
    const { page } = await open();
    await begin(page, 'slow', 'The first half,');
    await page.reload();
    await page.getByText('The first half,').first().waitFor();
    await page.getByText('The answer is still running').waitFor({ state: 'detached' });
  });

  test('the item that the address names is in view, also one of an older page', async () => {
    const { page, backstage } = await open();
    await say(page, 'The very first');
    const [item] = await page.locator('[data-type=assistant_message]').all();
    const id = await item!.getAttribute('data-item');
    const scope = { owner: 'anonymous', requestContext: {}, signal: new AbortController().signal };
    const thread_id = new URL(page.url()).searchParams.get('thread')!;
    for (let index = 0; index < 100; index += 1) {
      const text = `Filler ${String(index)}`;
      const filler = {
        id: `msg_${String(index)}`,
        thread_id,
        created_at: new Date().toISOString(),
        type: 'assistant_message' as const,
        content: [{ type: 'output_text' as const, text, annotations: [] }],
      };
      await backstage.store.saveItem(scope, filler, JSON.stringify(filler));
    }
    await page.goto(`${page.url()}&item=${id!}`);
    const marked = page.locator('[data-marked]');
    await marked.getByText('You said: The very first').waitFor();
    const { y } = (await marked.boundingBox())!;
    expect(y > 0 && y < 860).toBe(true);
    await page.getByRole('button', { name: 'New chat' }).first().click();
    expect(page.url()).not.toContain('item=');
  });

  test('text is found in messages that the page does not draw, and in those not loaded yet', async () => {
    const { page, backstage } = await open();
    await say(page, 'A needle in the hay');
    const scope = { owner: 'anonymous', requestContext: {}, signal: new AbortController().signal };
    const thread_id = new URL(page.url()).searchParams.get('thread')!;
    for (let index = 0; index < 60; index += 1) {
      const text = index === 40 ? 'Another needle' : `Hay ${'and hay '.repeat(30)}`;
      const filler = {
        id: `msg_${String(index)}`,
        thread_id,
        created_at: new Date().toISOString(),
        type: 'assistant_message' as const,
        content: [{ type: 'output_text' as const, text, annotations: [] }],
      };
      await backstage.store.saveItem(scope, filler, JSON.stringify(filler));
    }
    await page.reload();
    await page.getByText('Hay and hay').first().waitFor();
    await countOf(page.locator('[data-item=msg_40]'), 0);
    await page.locator('.messages').focus();
    await page.keyboard.press('f');
    const search = page.getByRole('search', { name: 'Messages' });
    await search.getByLabel('Search the messages').fill('NEEDLE');
    await search.getByText('1 found').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[data-marked]').getByText('Another needle').waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
    await screenshot(page, 'search');
    await search.getByRole('button', { name: 'Search older ones too' }).click();
    await search.getByText('1 of 3').or(search.getByText('3 of 3')).waitFor();
    await search.getByRole('button', { name: 'Earlier' }).click();
    await page.locator('[data-marked]').getByText('You said: A needle in the hay').waitFor();
    await page.keyboard.press('Escape');
    await search.waitFor({ state: 'detached' });
    await idle(page);
  });
});

describeInChromium('a chat that does not start', (browser) => {
  class Broken {
    select() {
      return undefined;
    }
  }
  ChatController()(Broken);
  OnAction('', {})(Broken.prototype, 'select', Object.getOwnPropertyDescriptor(Broken.prototype, 'select')!);

  test('is shown with all that is wrong, until it is mended', async () => {
    const failed = whatItThrows();
    let isMended = false;
    const { app: mended } = createApp();
    const app = express();
    const broken = playground({ failed });
    app.use('/chatkit/playground', (req, res, next) => (isMended ? next() : broken(req, res, next)));
    app.use((req, res, next) => (isMended ? mended(req, res, next) : next()));
    const { page } = await openPlayground(browser(), `${await serveApp(app)}/chatkit/playground/`);
    await page.getByRole('heading', { name: 'The chat does not start' }).waitFor();
    expect(await page.locator('.startup-problems > li').count()).toBeGreaterThan(1);
    expect(await seriousFlaws(page)).toEqual([]);
    await screenshot(page, 'startup-problems');
    isMended = true;
    await page.getByText('What can I help with today?').waitFor();
  });

  function whatItThrows(): unknown {
    try {
      chatkit({
        controllers: [Broken],
        store: new MemoryStore(),
        owner: 'shared',
        heartbeatMs: -1,
        maxRunTime: -5,
      });
    } catch (error) {
      return error;
    }
    throw new Error('It has started.');
  }
});
