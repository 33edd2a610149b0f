import { seriousFlaws } from './axe';
import { createApp } from './chat';
import { describeInChromium } from '../chromium';
import { buildPage, countOf, openPlayground, screenshot, serveApp, type Look } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

const users = { ada: { headers: { 'x-user-id': 'ada' } }, bob: { headers: { 'x-user-id': 'bob' } } };

describeInChromium('two users side by side', (browser) => {
  async function open(query: string, look: Look = {}) {
    const { app } = createApp({ options: { users } });
    const url = `${await serveApp(app)}/chatkit/playground/${query}`;
    return openPlayground(browser(), url, look);
  }

  test('each have their own threads, and neither sees those of the other', async () => {
    const { page, complaints } = await open('?panel=events');
    await page.getByRole('button', { name: 'Two users side by side' }).click();
    const pane = (name: string) => page.getByRole('region', { name: `Chat of ${name}` });
    for (const name of ['ada', 'bob']) {
      await pane(name).getByLabel('Message', { exact: true }).fill(`I am ${name}`);
      await page.keyboard.press('Enter');
      await pane(name).getByText(`You said: I am ${name}`).first().waitFor();
    }
    // The inspector is about the one who was turned to last.
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByLabel('Filter events').fill('I am bob');
    await inspector.getByRole('button', { name: /threads.create/ }).waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
    await pane('bob').getByRole('button', { name: 'Threads' }).click();
    const list = page.getByRole('navigation', { name: 'Threads of bob' });
    await countOf(list.getByRole('listitem'), 1);
    await list.getByRole('listitem').getByRole('button').first().click();
    await screenshot(page, 'side-by-side');
    await pane('bob').getByRole('button', { name: 'Open the thread of ada here' }).click();
    await pane('bob').getByRole('alert').getByText('The thread could not be loaded').waitFor();
    await countOf(pane('bob').getByText('I am ada'), 0);
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
  });

  test('both and their threads are in the address; the menus change each by itself', async () => {
    const { page } = await open('?user=ada&beside=bob');
    const second = page.getByRole('region', { name: 'Chat of bob' });
    await second.getByLabel('Message', { exact: true }).fill('Hello');
    await page.keyboard.press('Enter');
    await second.getByText('You said: Hello').first().waitFor();
    await page.reload();
    await second.getByText('You said: Hello').first().waitFor();
    const first = page.getByRole('region', { name: 'Chat of ada' });
    await first.getByRole('button', { name: 'User: ada' }).click();
    await page.getByRole('menuitemradio', { name: 'bob' }).click();
    await page.getByRole('navigation', { name: 'Threads', exact: true }).getByText('Untitled chat').waitFor();
    await page.getByRole('button', { name: 'One chat alone' }).click();
    await page.getByRole('main', { name: 'Chat' }).waitFor();
    expect(page.url()).not.toContain('beside');
  });

  test('stand one above the other on a phone', async () => {
    const { page } = await open('?user=ada&beside=bob', { viewport: { width: 390, height: 844 } });
    const [a, b] = await Promise.all(
      ['ada', 'bob'].map((name) => page.getByRole('region', { name: `Chat of ${name}` }).boundingBox()),
    );
    expect(b!.y).toBeGreaterThanOrEqual(a!.y + a!.height - 1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await seriousFlaws(page)).toEqual([]);
  });
});
