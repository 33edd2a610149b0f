import type { Page } from 'playwright-core';
import { seriousFlaws } from './axe';
import { createApp, shows } from './chat';
import { describeInChromium } from '../chromium';
import { buildPage, countOf, idle, openPlayground, say, screenshot, serveApp } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

const FORM = {
  type: 'Form',
  onSubmitAction: { type: 'test.form' },
  children: [
    { type: 'Input', name: 'city', placeholder: 'City' },
    { type: 'Checkbox', name: 'fast', label: 'Fast' },
    { type: 'Select', name: 'size', options: [{ value: 's', label: 'Small' }], placeholder: 'Size' },
    { type: 'Button', label: 'Order', submit: true },
  ],
};

describeInChromium('by the keyboard alone', (browser) => {
  async function open(query = '') {
    const { app, backstage } = createApp({ answers: { form: shows({ type: 'Card', children: [FORM] }) } });
    const opened = await openPlayground(browser(), `${await serveApp(app)}/chatkit/playground/${query}`);
    await opened.page.getByLabel('Message', { exact: true }).waitFor();
    return { ...opened, backstage };
  }

  test('all keys are listed under `?`, and do what they say', async () => {
    const { page } = await open();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await dialog.getByText('Write a message').waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
    await screenshot(page, 'shortcuts');
    await page.keyboard.press('g'); // not while a dialog is open
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await countOf(page.getByRole('main', { name: 'Widget gallery' }), 0);
    await page.keyboard.press('g');
    await page.getByRole('main', { name: 'Widget gallery' }).waitFor();
    await page.keyboard.press('e');
    await page.getByRole('main', { name: 'Widget editor' }).waitFor();
    await page.keyboard.press('e');
    await page.keyboard.press('i');
    await page.getByRole('complementary', { name: 'Inspector' }).waitFor();
    await page.keyboard.press('t');
    await page.locator('html[data-theme=dark]').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('a?b'); // written, and no shortcut
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('a?b');
  });

  test('keys of the chat lead back to it from other views', async () => {
    const { page } = await open();
    const gallery = page.getByRole('main', { name: 'Widget gallery' });
    await say(page, 'Hello');
    const keys = [
      ['i', page.getByRole('complementary', { name: 'Inspector' })],
      ['f', page.getByRole('searchbox', { name: 'Search' })],
      ['/', page.locator('.composer textarea:focus')],
      ['n', page.getByText('What can I help with today?')],
    ] as const;
    for (const [key, seen] of keys) {
      await page.evaluate(() => (document.activeElement as unknown as { blur(): void }).blur());
      await page.keyboard.press('g');
      await gallery.waitFor();
      await page.keyboard.press(key);
      await seen.waitFor();
      await gallery.waitFor({ state: 'detached' });
    }
    const inspector = page.getByRole('button', { name: 'Inspector', exact: true });
    await page.getByRole('button', { name: 'Widget gallery' }).click();
    expect(await inspector.getAttribute('aria-pressed')).toBe('false');
    await inspector.click();
    await page.getByRole('complementary', { name: 'Inspector' }).waitFor();
    await page.getByRole('button', { name: 'Replay a session' }).click();
    await page.getByRole('button', { name: 'Back to the chat' }).click();
    await page.getByRole('main', { name: 'Chat' }).waitFor();
  });

  test('an address that names nothing known shows the chat and the first panel', async () => {
    const { page } = await open('?view=zzz&panel=zzz&user=zzz&beside=zzz');
    await page.getByRole('main', { name: 'Chat' }).waitFor();
    await page.getByRole('tab', { name: 'Events', selected: true }).waitFor();
  });

  test('a message is sent, a form filled in and sent, and the answer copied', async () => {
    const { page, backstage } = await open();
    await page.keyboard.press('/');
    await page.keyboard.type('form');
    await page.keyboard.press('Enter');
    await idle(page);
    await tabTo(page, 'City', 'Shift+Tab');
    await page.keyboard.type('Bern');
    await tabTo(page, 'Fast');
    await page.keyboard.press('Space');
    await tabTo(page, 'Size');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: 'Small' }).waitFor();
    await page.keyboard.press('Enter');
    await tabTo(page, 'Order');
    await page.keyboard.press('Enter');
    await page.getByText('Did test.form.').first().waitFor();
    expect(backstage.actions).toEqual([
      { type: 'test.form', payload: { city: 'Bern', fast: true, size: 's' }, sync: false },
    ]);
  });

  test('F6 leads through the parts of the page, and what has the focus can be seen', async () => {
    const { page } = await open('?panel=events');
    await page.getByRole('complementary', { name: 'Inspector' }).waitFor();
    const parts = new Set<string>();
    for (let press = 0; press < 6; press += 1) {
      await page.keyboard.press('F6');
      const { part, outline } = await page.evaluate(() => {
        const focused = document.activeElement!;
        const style = getComputedStyle(focused);
        return {
          part: focused.closest('.top-bar, .sidebar, .composer, .inspector')?.getAttribute('class') ?? '',
          outline: `${style['outlineStyle'] ?? ''} ${focused.closest('form') === null ? '' : 'form'}`,
        };
      });
      parts.add(part);
      expect(outline).toMatch(/solid|form/);
    }
    expect([...parts]).toEqual(
      expect.arrayContaining([
        expect.stringContaining('sidebar'),
        expect.stringContaining('composer'),
        expect.stringContaining('inspector'),
        expect.stringContaining('top-bar'),
      ]),
    );
  });

  test('the inspector is made wider, and stays so', async () => {
    const { page } = await open();
    await page.keyboard.press('i');
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    const width = async (): Promise<number> => (await inspector.boundingBox())!.width;
    const before = await width();
    await page.getByRole('separator', { name: 'Width of the inspector' }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    const wider = await width();
    expect(wider).toBeGreaterThan(before + 40);
    await page.goto(page.url().replace(/\?.*/, ''));
    await inspector.waitFor();
    expect(await width()).toBe(wider);
  });
});

/** Presses Tab until something of this name has the focus. */
async function tabTo(page: Page, name: string, key = 'Tab'): Promise<void> {
  for (let press = 0; press < 25; press += 1) {
    await page.keyboard.press(key);
    const found = await page.evaluate(() => {
      const focused = document.activeElement;
      const texts = ['aria-label', 'placeholder'].map((each) => focused?.getAttribute(each) ?? '');
      return [...texts, focused?.closest('label')?.textContent ?? '', focused?.textContent ?? ''];
    });
    if (found.some((text) => text.trim() === name)) return;
  }
  throw new Error(`Nothing named ${name} was reached with ${key}.`);
}
