import { seriousFlaws } from './axe';
import { createApp, shows } from './chat';
import { describeInChromium } from '../chromium';
import { buildPage, openPlayground, say, serveApp } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

const PICKER = {
  type: 'Card',
  children: [{ type: 'DatePicker', name: 'day', defaultValue: '2026-01-15' }],
};

describeInChromium('what the pointer is over', (browser) => {
  test.each(['light', 'dark'] as const)('can be read, in %s', async (theme) => {
    const { app } = createApp({ answers: { picker: shows(PICKER) } });
    const { page } = await openPlayground(browser(), `${await serveApp(app)}/chatkit/playground/`, { theme });
    await say(page, 'picker');
    for (const name of ['Rename', 'Delete']) {
      await page.getByRole('button', { name: 'More about Untitled chat' }).click();
      await page.getByRole('menuitem', { name }).click();
      await page.getByRole('dialog').getByRole('button', { name, exact: true }).hover();
      expect(await seriousFlaws(page)).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).hover();
      expect(await seriousFlaws(page)).toEqual([]);
      await page.keyboard.press('Escape');
    }
    await page.locator('.w-dropdown-button').click();
    await page.locator('.calendar [data-chosen]').hover();
    expect(await seriousFlaws(page)).toEqual([]);
  });
});
