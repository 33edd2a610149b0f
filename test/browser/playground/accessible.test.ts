import { seriousFlaws } from './axe';
import { createApp } from './chat';
import { describeInChromium } from '../chromium';
import { buildPage, openPlayground, say, serveApp } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(120_000);

const LOOKS = [
  ['light', 1280],
  ['dark', 1280],
  ['light', 390],
  ['dark', 390],
] as const;

describeInChromium('axe finds nothing serious', (browser) => {
  test.each(LOOKS)('in the chat, its menus and dialogs, in %s at %d pixels', async (theme, width) => {
    const users = { ada: { headers: { 'x-user-id': 'ada' } }, bob: { headers: { 'x-user-id': 'bob' } } };
    const models = [{ id: 'm', label: 'Model' }];
    const { app } = createApp({
      options: {
        users,
        options: {
          composer: { models, attachments: { enabled: true } },
          disclaimer: { text: 'It may err.' },
        },
      },
    });
    const url = await serveApp(app);
    const { page } = await openPlayground(browser(), `${url}/chatkit/playground/`, {
      theme,
      viewport: { width, height: 860 },
    });
    expect(await seriousFlaws(page)).toEqual([]);
    for (const text of ['markdown', 'cites', 'asks', 'notice', 'image', 'fails', 'works'])
      await say(page, text);
    await page.getByRole('button', { name: 'Compared drinks' }).click();
    expect(await seriousFlaws(page)).toEqual([]);
    await page.getByRole('button', { name: 'Model' }).click();
    await page.getByRole('menuitemradio').first().waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
    await page.keyboard.press('Escape');
    if (width < 800) await page.getByRole('button', { name: 'Threads' }).first().click();
    await page
      .getByRole('navigation', { name: 'Threads' })
      .getByRole('button', { name: /^More about/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
  });

  test.each(LOOKS)('in the inspector, in %s at %d pixels', async (theme, width) => {
    const { app } = createApp();
    const url = await serveApp(app);
    const { page } = await openPlayground(browser(), `${url}/chatkit/playground/`, {
      theme,
      viewport: { width, height: 860 },
    });
    await say(page, 'effect');
    await page.getByRole('button', { name: 'Inspector' }).click();
    await page.getByRole('button', { name: /threads.create/ }).click();
    await page.getByText('First byte', { exact: false }).first().waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Handlers' }).click();
    await page.getByRole('button', { name: /test\.\*\*/ }).click();
    expect(await seriousFlaws(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Store' }).click();
    await page.getByText('never sent').waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
  });
});
