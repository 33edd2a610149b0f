import type { Page } from 'playwright-core';
import { assistantMessage, assistantMessageStream, type Store } from '../../../src';
import { createApp, shows } from './chat';
import { describeInChromium } from '../chromium';
import { buildPage, countOf, idle, openPlayground, say, serveApp, still } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

const WIDGET = {
  type: 'Card',
  children: [
    { type: 'Input', name: 'city', placeholder: 'City' },
    {
      type: 'ListView',
      limit: 1,
      children: ['One', 'Two', 'Three'].map((value) => ({
        type: 'ListViewItem',
        children: [{ type: 'Text', value }],
      })),
    },
  ],
};

describeInChromium('in a long thread', (browser) => {
  test('what was entered, opened and focused survives being scrolled away', async () => {
    const { app, backstage } = createApp({ answers: { show: shows(WIDGET) } });
    const { page } = await openPlayground(browser(), `${await serveApp(app)}/chatkit/playground/`);
    await say(page, 'show');
    const thread_id = new URL(page.url()).searchParams.get('thread')!;
    await fill(backstage.store, thread_id, 25);
    await page.reload();
    await page.getByText('Filler 24').waitFor();
    const toTop = async () => {
      await scrollTo(page, 0);
      await still(page); // or a click misses
    };
    const toEnd = () => scrollTo(page, 1e6);
    await toTop();
    await page.getByRole('button', { name: /Show 2 more/ }).click();
    const city = page.getByPlaceholder('City');
    await city.fill('Bern');
    await toEnd();
    await page.getByText('Filler 24').waitFor();
    await countOf(city, 1); // it has the focus, and so stays
    await page.keyboard.type('e');
    await page.getByLabel('Message', { exact: true }).focus();
    await toTop();
    await toEnd();
    await city.waitFor({ state: 'detached' });
    await toTop();
    expect(await city.inputValue()).toBe('Berne');
    await page.getByText('Three', { exact: true }).waitFor();
  });

  test('while an answer streams, what is typed arrives and what is read is not moved', async () => {
    const { app } = createApp({
      answers: {
        *before() {
          yield assistantMessage(`# Read me\n\n${'A line to read. '.repeat(400)}`);
        },
        *many() {
          yield assistantMessageStream(
            (async function* () {
              for (let index = 0; index < 600; index += 1) {
                yield `word ${String(index)} `;
                if (index % 60 === 59) yield '\n\n';
                await new Promise((resolve) => setImmediate(resolve));
              }
              yield 'The end.';
            })(),
          );
        },
      },
    });
    const { page, complaints } = await openPlayground(
      browser(),
      `${await serveApp(app)}/chatkit/playground/`,
    );
    await say(page, 'before');
    const field = page.getByLabel('Message', { exact: true });
    await field.fill('many');
    await page.keyboard.press('Enter');
    await page.getByText('word 0').first().waitFor();
    await scrollTo(page, 0);
    const heading = page.getByRole('heading', { name: 'Read me' });
    const before = (await heading.boundingBox())!.y;
    const typed = 'all of this arrives';
    await field.pressSequentially(typed);
    await idle(page);
    expect(await field.inputValue()).toBe(typed);
    expect((await heading.boundingBox())!.y).toBe(before);
    await scrollTo(page, 1e6);
    await page.getByText('The end.').first().waitFor();
    expect(complaints).toEqual([]);
  });

  test('nothing moves by itself for users who want no motion', async () => {
    const { app } = createApp();
    const { page } = await openPlayground(browser(), `${await serveApp(app)}/chatkit/playground/`);
    await page.getByLabel('Message', { exact: true }).fill('slow');
    await page.keyboard.press('Enter');
    await page.getByText('The first half,').first().waitFor();
    const moving = await page.evaluate(
      () =>
        document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().duration ?? 0) > 1)
          .length,
    );
    expect(moving).toBe(0);
    await page.getByRole('button', { name: 'Stop' }).click();
  });
});

async function scrollTo(page: Page, top: number): Promise<void> {
  await page.locator('.messages').evaluate((element, to) => {
    (element as unknown as ShownElement).scrollTop = to;
  }, top);
}

async function fill(store: Store, thread_id: string, count: number): Promise<void> {
  const scope = { owner: 'anonymous', requestContext: {}, signal: new AbortController().signal };
  for (let index = 0; index < count; index += 1) {
    const text = `Filler ${String(index)}\n\n${'and more of it '.repeat(30)}`;
    const item = {
      id: `msg_${String(index)}`,
      thread_id,
      created_at: new Date().toISOString(),
      type: 'assistant_message' as const,
      content: [{ type: 'output_text' as const, text, annotations: [] }],
    };
    await store.saveItem(scope, item, JSON.stringify(item));
  }
}
