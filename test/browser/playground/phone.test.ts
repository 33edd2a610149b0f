import { seriousFlaws } from './axe';
import { createApp } from './chat';
import { describeInChromium } from '../chromium';
import { buildPage, openPlayground, say, screenshot, serveApp } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

describeInChromium('on a phone', (browser) => {
  async function open() {
    const { app } = createApp();
    const url = `${await serveApp(app)}/chatkit/playground/`;
    const opened = await openPlayground(browser(), url, { viewport: { width: 390, height: 844 } });
    return { ...opened, inspector: opened.page.getByRole('complementary', { name: 'Inspector' }) };
  }

  test('the inspector covers the chat, and makes room for an item that it leads to', async () => {
    const { page, inspector } = await open();
    await say(page, 'Hello');
    await page.getByRole('button', { name: 'Inspector' }).click();
    await inspector.getByRole('button', { name: /threads.create/ }).click();
    await inspector.locator('.event-item').last().click();
    await inspector.waitFor({ state: 'detached' });
    await page.locator('[data-type=assistant_message][data-marked]').waitFor();
  });

  test('a thread that is chosen is shown, whatever covered the chat', async () => {
    const { page, inspector } = await open();
    await say(page, 'Hello');
    await page.getByRole('button', { name: 'Inspector' }).click();
    await inspector.waitFor();
    await page.getByRole('banner').getByRole('button', { name: 'Threads' }).click();
    await screenshot(page, 'phone-threads');
    expect(await seriousFlaws(page)).toEqual([]);
    await page
      .getByRole('navigation', { name: 'Threads' })
      .getByRole('button', { name: /^Untitled chat/ })
      .click();
    await inspector.waitFor({ state: 'detached' });
    await page.getByText('You said: Hello').first().waitFor();
  });
});
