import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { contrastFlaws, seriousFlaws } from './axe';
import { createApp } from './chat';
import { describeInChromium } from '../chromium';
import { buildPage, openPlayground, SCREENSHOTS, serveApp } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(180_000);

/** Colours that a widget's author writes are kept, whatever their contrast; those of the page's own tokens are not among them. */
const AUTHORS = /^\w+\.(?:color|background)\.\d+ \((?:green-100|blue-500|#b4008c)\)$/;

describeInChromium('the gallery', (browser) => {
  async function open(theme: 'light' | 'dark', width: number) {
    const { app } = createApp();
    const url = await serveApp(app);
    const look = { theme, viewport: { width, height: 900 } };
    const opened = await openPlayground(browser(), `${url}/chatkit/playground/?view=gallery`, look);
    await opened.page.getByRole('navigation', { name: 'Components' }).waitFor();
    return opened;
  }

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
  ] as const)('shows every component in %s at %d pixels, without a flaw', async (theme, width) => {
    const { page, complaints } = await open(theme, width);
    mkdirSync(SCREENSHOTS, { recursive: true });
    const names = await page
      .getByRole('navigation', { name: 'Components' })
      .getByRole('button')
      .allTextContents();
    expect(names).toHaveLength(30);
    const flaws: string[] = [];
    const pale: string[] = [];
    for (const name of names) {
      await show(page, name);
      flaws.push(...(await seriousFlaws(page)).map((flaw) => `${name}: ${flaw}`));
      pale.push(...(await contrastFlaws(page)));
      const file = `gallery-${theme}-${String(width)}-${name}.png`;
      await page.screenshot({ path: join(SCREENSHOTS, file) });
    }
    expect(flaws.filter((flaw) => !/^[\w.]+: color-contrast/.test(flaw))).toEqual([]);
    expect(pale.filter((example) => !AUTHORS.test(example))).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
});

async function show(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Components' })
    .getByRole('button', { name, exact: true })
    .click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  if (name === 'Chart') await page.locator('.recharts-surface').first().waitFor();
}
