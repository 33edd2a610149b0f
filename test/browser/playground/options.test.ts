import { seriousFlaws } from './axe';
import { createApp } from './chat';
import { describeInChromium } from '../chromium';
import { buildPage, openPlayground, say, screenshot, serveApp } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

describeInChromium('the options', (browser) => {
  async function open(options: Record<string, unknown>) {
    const { app } = createApp({ options: { options } });
    const url = `${await serveApp(app)}/chatkit/playground/?panel=options`;
    const opened = await openPlayground(browser(), url, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const { page } = opened;
    const group = (name: string) => page.locator('.option-groups > details', { hasText: name });
    await group('composer').waitFor();
    return { ...opened, group };
  }

  test('are edited in the page, seen at once, and copied back as code', async () => {
    const { page, group, complaints } = await open({ startScreen: { greeting: 'Ahoy' } });
    await page.getByLabel('Message', { exact: true }).fill('a draft');
    await group('startScreen').getByLabel('greeting').fill("What's up?");
    await page.getByRole('heading', { name: "What's up?" }).waitFor();
    await group('composer').locator('summary').click();
    await group('composer')
      .getByRole('group', { name: 'models' })
      .getByRole('button', { name: 'Add' })
      .click();
    await group('composer').getByRole('group', { name: 'models 1' }).getByLabel('label').fill('Tiny');
    await page.getByRole('button', { name: 'Model: Tiny' }).waitFor();
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('a draft');
    expect(await seriousFlaws(page)).toEqual([]);
    await screenshot(page, 'options');
    await page.getByRole('button', { name: 'Copy as code' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const code = await page.evaluate(() => navigator.clipboard.readText());
    expect(code).toBe(`playground({
  chat,
  options: {
    startScreen: { greeting: 'What\\'s up?' },
    composer: { models: [{ id: '', label: 'Tiny' }] },
  },
})`);
    await page.reload();
    await page.getByRole('heading', { name: "What's up?" }).waitFor();
    await page.getByRole('button', { name: 'Back to the server’s' }).click();
    await page.getByRole('heading', { name: 'Ahoy' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('of the theme change how the page looks', async () => {
    const { page, group } = await open({
      theme: {
        radius: 'sharp',
        density: 'spacious',
        typography: { baseSize: 18 },
        color: {
          accent: { primary: '#ffe000', level: 1 },
          surface: { background: '#fff8ee', foreground: '#fff' },
        },
      },
    });
    await say(page, 'Hello');
    const look = () =>
      page.evaluate(() => {
        const style = (selector: string) => getComputedStyle(document.querySelector(selector));
        return {
          radius: style('.bubble')['borderRadius'],
          padding: style('.bubble')['paddingTop'],
          size: style('.bubble')['fontSize'],
          background: style('.chat-pane')['backgroundColor'],
          send: style('.send-button:enabled')['backgroundColor'],
        };
      });
    await page.getByLabel('Message', { exact: true }).fill('x');
    expect(await look()).toEqual({
      radius: '0px',
      padding: '12.6px',
      size: '18px',
      background: 'rgb(255, 248, 238)',
      send: 'rgb(255, 224, 0)',
    });
    expect(await seriousFlaws(page)).toEqual([]);
    await group('theme').getByLabel('radius').selectOption('pill');
    await group('theme').getByLabel('baseSize').selectOption('14');
    expect(await look()).toMatchObject({ radius: '30px', size: '14px' });
  });

  test('colours of the theme cannot fetch anything', async () => {
    const { page, complaints } = await open({
      theme: { color: { surface: { background: 'url(https://evil.example/x)', foreground: 'red;}' } } },
    });
    await say(page, 'Hello');
    expect(await page.evaluate(() => document.documentElement.getAttribute('style') ?? '')).not.toContain(
      'evil',
    );
    expect(complaints).toEqual([]);
  });
});
