import express from 'express';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { assistantMessage, ChatController, MemoryStore, OnAction, OnMessage } from '../../../src';
import { chatkit } from '../../../src/express';
import { playground } from '../../../src/playground';
import { RecordingLogger } from '../../support/logger';
import { seriousFlaws } from './axe';
import { describeInChromium } from '../chromium';
import { buildPage, idle, openPlayground, say, screenshot, serveApp } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

interface Tree {
  name: string;
  child?: Tree | undefined;
  twin: Tree | null;
}
const tree: z.ZodType<Tree> = z.object({
  name: z.string(),
  get child() {
    return tree.optional();
  },
  get twin() {
    return tree.nullable();
  },
});
const shape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('circle'), radius: z.number() }),
  z.object({ kind: z.literal('square'), side: z.number() }),
]);
const fields = z.object({
  size: z.union([z.literal('S'), z.literal('L')]),
  amount: z.union([z.string(), z.number()]),
  when: z.string().nullable(),
  tags: z.array(shape),
});

function createApp() {
  const received: unknown[] = [];

  @ChatController()
  class Forms {
    @OnMessage()
    plain() {
      return assistantMessage('plain');
    }

    @OnMessage({ tool: 'web' })
    web() {
      return assistantMessage('web');
    }

    @OnMessage({ model: 'large' })
    large() {
      return assistantMessage('large');
    }

    @OnAction('form.tree', { payload: tree })
    tree(payload: Tree) {
      received.push(payload);
      return assistantMessage('Planted.');
    }

    @OnAction('form.shape', { payload: shape })
    shape(payload: unknown) {
      received.push(payload);
      return assistantMessage('Drawn.');
    }

    @OnAction('form.fields', { payload: fields })
    fields(payload: unknown) {
      received.push(payload);
      return assistantMessage('Filled in.');
    }

    @OnAction('form.nothing')
    nothing() {
      received.push('nothing');
      return assistantMessage('Done.');
    }
  }

  const chat = chatkit({
    controllers: [Forms],
    store: new MemoryStore(),
    owner: 'shared',
    logger: new RecordingLogger(),
  });
  const composer = {
    tools: [{ id: 'web', label: 'Search the web' }],
    models: [
      { id: 'small', label: 'Small' },
      { id: 'large', label: 'Large' },
    ],
  };
  const app = express();
  app.use('/chatkit/playground', playground({ chat, options: { composer } }));
  app.use('/chatkit', chat);
  return { app, received };
}

async function open(browser: Browser, look = {}) {
  const { app, received } = createApp();
  const url = await serveApp(app);
  const opened = await openPlayground(browser, `${url}/chatkit/playground/?panel=handlers`, look);
  const inspector = opened.page.getByRole('complementary', { name: 'Inspector' });
  await inspector.waitFor();
  return { ...opened, received, inspector };
}

describeInChromium('a form for any schema', (browser) => {
  async function openForm(name: string) {
    const opened = await open(browser());
    await say(opened.page, 'Hello');
    await opened.inspector
      .getByRole('button', { name: new RegExp(name.replace('.', String.raw`\.`)) })
      .click();
    return { ...opened, form: opened.inspector.getByRole('form', { name: `Fire ${name}` }) };
  }

  test('one that holds itself is added level by level', async () => {
    const { page, form, received, complaints } = await openForm('form.tree');
    await form.getByLabel('name').fill('root');
    await form.getByRole('button', { name: 'Add child' }).click();
    await form.getByLabel('name').nth(1).fill('leaf');
    await form.getByRole('button', { name: 'Add twin' }).first().click();
    await form.getByRole('button', { name: 'Remove child' }).waitFor();
    await screenshot(page, 'schema-form');
    expect(await seriousFlaws(page)).toEqual([]);
    await form.getByRole('button', { name: 'Fire' }).click();
    await page.getByText('Planted.').first().waitFor();
    expect(received).toEqual([
      { name: 'root', twin: null, child: { name: 'leaf', twin: { name: '', twin: null } } },
    ]);
    expect(complaints).toEqual([]);
  });

  test('of a union any member is chosen', async () => {
    const { page, form, received } = await openForm('form.shape');
    await form.getByLabel('radius').fill('2');
    await form.getByLabel('Payload: kind').selectOption({ label: 'kind: square' });
    await form.getByLabel('side').fill('3');
    await form.getByRole('button', { name: 'Fire' }).click();
    await page.getByText('Drawn.').first().waitFor();
    expect(received).toEqual([{ kind: 'square', side: 3 }]);
  });

  test('literals are a list, unions and what may be null are fields, also in arrays', async () => {
    const { page, form, received } = await openForm('form.fields');
    await form.getByLabel('size').selectOption('L');
    await form.getByLabel('amount: kind').selectOption('number');
    await form.getByLabel('amount', { exact: true }).fill('7');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await form.getByLabel('tags 1: kind').selectOption({ label: 'kind: square' });
    await form.getByRole('button', { name: 'Fire' }).click();
    await page.getByText('Filled in.').first().waitFor();
    expect(received).toEqual([{ size: 'L', amount: 7, when: null, tags: [{ kind: 'square', side: 0 }] }]);
  });

  test('an action without a payload is sent without one', async () => {
    const { page, form, received } = await openForm('form.nothing');
    const sent = page.waitForRequest((request) => request.postData()?.includes('custom_action') === true);
    await form.getByRole('button', { name: 'Fire' }).click();
    expect(JSON.parse((await sent).postData()!)).toMatchObject({
      params: { action: { type: 'form.nothing' } },
    });
    expect((await sent).postData()).not.toContain('payload');
    await page.getByText('Done.').first().waitFor();
    expect(received).toEqual(['nothing']);
  });
});

describeInChromium('the handler of a message', (browser) => {
  test('is that for the chosen tool, then model, then any', async () => {
    const { page, inspector } = await open(browser());
    await inspector.getByRole('button', { name: /Forms\.web/ }).click();
    await inspector.getByText('tool web').waitFor();
    await inspector.getByRole('tab', { name: 'Events' }).click();
    await say(page, 'One');
    await inspector.getByRole('button', { name: /threads.create/ }).click();
    await inspector.getByText('Handler: Forms.plain').waitFor();
    await page.getByRole('button', { name: 'Model: Small' }).click();
    await page.getByRole('menuitemradio', { name: 'Large' }).click();
    await say(page, 'Two');
    await inspector.getByRole('button', { name: /threads.add_user_message/ }).click();
    await inspector.getByText('Handler: Forms.large').waitFor();
    await page.getByRole('button', { name: 'Tools' }).click();
    await page.getByRole('menuitemradio', { name: 'Search the web' }).click();
    await say(page, 'Three');
    await inspector
      .getByRole('button', { name: /threads.add_user_message/ })
      .first()
      .click();
    await inspector.getByText('Handler: Forms.web').waitFor();
  });
});

describeInChromium('a page that came over plain HTTP from another machine', (browser) => {
  test('copies all the same, where the browser offers no clipboard', async () => {
    const { page, inspector, complaints } = await open(browser(), {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await say(page, 'Hello');
    // As browsers leave it out there.
    await page.evaluate(() => {
      const { clipboard } = navigator;
      Object.assign(globalThis, { kept: clipboard });
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    });
    const copied = (): Promise<string> =>
      page.evaluate(() => (globalThis as unknown as { kept: typeof navigator.clipboard }).kept.readText());
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await copied()).toBe('plain');
    await inspector.getByRole('tab', { name: 'Events' }).click();
    await inspector.getByRole('button', { name: /threads.create/ }).click();
    await inspector.getByRole('button', { name: 'Copy as curl' }).click();
    await inspector.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await copied()).toContain('curl');
    await idle(page);
    expect(complaints).toEqual([]);
  });
});
