import type { Locator } from 'playwright-core';
import { seriousFlaws } from './axe';
import { createApp, type Serving } from './chat';
import { describeInChromium } from '../chromium';
import { buildPage, countOf, idle, openPlayground, say, screenshot, serveApp, type Look } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

describeInChromium('the chat of the playground', (browser) => {
  async function open(serving: Serving = {}, look: Look = {}) {
    const { app, backstage } = createApp(serving);
    const url = await serveApp(app);
    return { ...(await openPlayground(browser(), `${url}/chatkit/playground`, look)), backstage, url };
  }

  test('sends a message, shows the answer, and keeps the thread in the address', async () => {
    const { page, complaints } = await open();
    await say(page, 'Good morning');
    await expectText(page.locator('.bubble'), 'Good morning');
    await page.getByText('You said: Good morning').first().waitFor();
    expect(page.url()).toMatch(/[?&]thread=thr_/);
    await page.reload();
    await page.getByText('You said: Good morning').first().waitFor();
    expect(complaints).toEqual([]);
  });

  test('shift and Enter make a new line, Enter sends it', async () => {
    const { page, backstage } = await open();
    const field = page.getByLabel('Message', { exact: true });
    await field.pressSequentially('one');
    await page.keyboard.press('Shift+Enter');
    await field.pressSequentially('two');
    await page.keyboard.press('Enter');
    await idle(page);
    expect(backstage.messages[0]?.content[0]?.text).toBe('one\ntwo');
  });

  test('draws Markdown', async () => {
    const { page } = await open();
    await say(page, 'markdown');
    const shown = page.locator('.markdown');
    await shown.getByRole('heading', { name: 'A heading' }).waitFor();
    expect(await shown.locator('strong').textContent()).toBe('bold');
    expect(await shown.locator('li').allTextContents()).toEqual(['one', 'two']);
    expect(await shown.locator('td').allTextContents()).toEqual(['1', '2']);
    expect(await shown.locator('pre').textContent()).toContain('const answer = 42;');
    const link = shown.getByRole('link', { name: 'link' });
    expect([await link.getAttribute('target'), await link.getAttribute('rel')]).toEqual([
      '_blank',
      'noopener noreferrer nofollow',
    ]);
  });

  test('text appears as it streams, and Stop keeps what has come', async () => {
    const { page } = await open();
    await page.getByLabel('Message', { exact: true }).fill('slow');
    await page.keyboard.press('Enter');
    await page.getByText('The first half,').first().waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await idle(page);
    await page.getByText('The first half,').first().waitFor();
    await page.reload();
    await page.getByText('The first half,').first().waitFor();
    await countOf(page.getByText('and the second'), 0);
  });

  test('what an assistant said is read out once, when it is whole', async () => {
    const { page, backstage } = await open();
    await page.getByLabel('Message', { exact: true }).fill('slow');
    await page.keyboard.press('Enter');
    await page.getByText('The first half,').first().waitFor();
    const live = page.locator('.visually-hidden[role=status]');
    expect(await live.textContent()).toBe('');
    backstage.gate.open();
    await idle(page);
    await expectText(live, 'The first half, and the second.');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Message');
  });

  test('shows progress until something comes', async () => {
    const { page, backstage } = await open();
    await page.getByLabel('Message', { exact: true }).fill('progress');
    await page.keyboard.press('Enter');
    await page.getByText('Looking it up').waitFor();
    backstage.gate.open();
    await page.getByText('Found.').first().waitFor();
    await page.getByText('Looking it up').waitFor({ state: 'detached' });
  });

  test('shows notices, which can be dismissed', async () => {
    const { page } = await open();
    await say(page, 'notice');
    const notice = page.locator('.notice.warning');
    await expectText(notice.locator('strong').first(), 'Mind this');
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await notice.waitFor({ state: 'detached' });
  });

  test('notices go with the next message: they are about the turn before', async () => {
    const { page } = await open();
    await say(page, 'notice');
    await page.locator('.notice.warning').waitFor();
    await say(page, 'Hello');
    await page.getByText('You said: Hello').first().waitFor();
    await page.locator('.notice').waitFor({ state: 'detached' });
  });

  test('an error offers to try again where the server allows it', async () => {
    const { page, backstage } = await open();
    await say(page, 'fails');
    await page.getByText('The model is away.').waitFor();
    await page.getByRole('button', { name: 'Retry' }).click();
    await idle(page);
    expect(backstage.messages).toHaveLength(2);
    await countOf(page.locator('.bubble'), 1);
  });

  test('shows sources, and marks where they are cited', async () => {
    const { page } = await open();
    await say(page, 'cites');
    expect(await page.locator('.markdown a[href="#source-1"]').textContent()).toBe('1');
    const sources = page.getByRole('list', { name: 'Sources' });
    expect(await sources.getByRole('link').getAttribute('href')).toBe('https://water.example/boil');
    await sources.getByText('notes.pdf').waitFor();
  });

  test('shows a workflow with its tasks, folded by its title', async () => {
    const { page } = await open();
    await say(page, 'works');
    const title = page.getByRole('button', { name: 'Compared drinks' });
    expect(await title.getAttribute('aria-expanded')).toBe('false');
    await title.click();
    await page.getByText('Searched').waitFor();
    await page.getByText('coffee', { exact: true }).waitFor();
    await page.getByLabel('Done').waitFor();
  });

  test('structured questions are answered, and stay as they were answered', async () => {
    const { page, backstage } = await open();
    await say(page, 'asks');
    await page.getByRole('radio', { name: 'L' }).check();
    await page.getByLabel('Which city?').fill('Bern');
    await page.getByRole('button', { name: 'Send answers' }).click();
    await idle(page);
    await page.getByText('Answered').waitFor();
    expect(await page.locator('.question-answer').allTextContents()).toEqual(['L', 'Bern']);
    expect(backstage.messages.at(-1)).toBeNull();
  });

  test('structured questions can be skipped', async () => {
    const { page } = await open();
    await say(page, 'asks');
    await page.getByRole('button', { name: 'Skip' }).click();
    await idle(page);
    await page.locator('.structured-status', { hasText: 'Skipped' }).waitFor();
  });

  test("a client tool's result is written by hand, and sent by itself from then on if so wished", async () => {
    const { page } = await open();
    await say(page, 'tool');
    const result = page.getByLabel('Result, as JSON');
    await result.fill('{ no json');
    await page.getByRole('button', { name: 'Send result' }).click();
    await page.locator('.field-problem').waitFor();
    await result.fill('{"city":"Bern"}');
    await page.getByRole('button', { name: 'Send result' }).click();
    await page.getByText('On with it in thr.').first().waitFor();
    await page.locator('.tool-status.completed').waitFor();
    await say(page, 'tool');
    await page.locator('.tool-status.pending').waitFor();
    await idle(page);
    await page.getByLabel('Always answer get_location so').click(); // it sends
    await page.getByText('On with it in thr.').nth(1).waitFor();
  });

  test('what answers a client tool by itself is JSON, and can be ended', async () => {
    const { page } = await open();
    const always = page.getByLabel('Always answer get_location so');
    await say(page, 'tool');
    await page.locator('.tool-status.pending').waitFor();
    await idle(page);
    await page.getByLabel('Result, as JSON').fill('{ no json');
    await always.click();
    await page.locator('.field-problem').waitFor();
    expect(await always.isChecked()).toBe(false);
    await page.getByLabel('Result, as JSON').fill('{"city":"Bern"}');
    await always.click();
    await page.locator('.tool-status.completed').waitFor();
    await idle(page);
    await say(page, 'tool');
    await page.getByText('On with it in thr.').nth(1).waitFor();
    await idle(page);
    await always.last().click();
    await always.first().waitFor({ state: 'detached' });
    await say(page, 'tool');
    await page.locator('.tool-status.pending').waitFor();
    await page.getByRole('button', { name: 'Send result' }).waitFor();
  });

  test('shows images and client effects', async () => {
    const { page } = await open();
    await say(page, 'image');
    expect(
      await page
        .getByAltText('Generated image')
        .evaluate((image) => (image as unknown as { complete: boolean }).complete),
    ).toBe(true);
    await say(page, 'effect');
    await page.getByRole('button', { name: 'Inspector' }).click();
    await page.getByRole('tab', { name: 'Page (1)' }).click();
    await page.getByText('open_cart').waitFor();
  });

  test('a locked thread takes no message, says why, and keeps the draft', async () => {
    const { page, url } = await open({
      options: {
        options: {
          composer: { tools: [{ id: 'web', label: 'Search the web' }], attachments: { enabled: true } },
        },
      },
    });
    await say(page, 'locks');
    const field = page.getByPlaceholder('A person takes over.');
    await field.waitFor();
    expect(await field.isDisabled()).toBe(true);
    for (const name of ['Attach files', 'Tools', 'Send']) {
      expect([name, await page.getByRole('button', { name }).isDisabled()]).toEqual([name, true]);
    }
    await page.getByRole('heading', { name: 'Handed over' }).waitFor();
    await page.getByRole('navigation', { name: 'Threads' }).getByText('Handed over').waitFor();
    const threadId = new URL(page.url()).searchParams.get('thread')!;
    await page.getByRole('main').getByRole('button', { name: 'New chat' }).click();
    await page.getByLabel('Message', { exact: true }).fill('for later');
    await page.goto(`${url}/chatkit/playground/?thread=${threadId}`);
    await field.waitFor();
    expect(await field.inputValue()).toBe('');
    await screenshot(page, 'locked');
    expect(await seriousFlaws(page)).toEqual([]);
    await page.getByRole('main').getByRole('button', { name: 'New chat' }).click();
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('for later');
  });

  test('a closed thread has a banner in place of the composer', async () => {
    const { page } = await open();
    await page.getByLabel('Message', { exact: true }).fill('closes');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('All is settled.').waitFor();
    expect(await page.getByRole('form', { name: 'Composer' }).count()).toBe(0);
    await screenshot(page, 'closed');
    expect(await seriousFlaws(page)).toEqual([]);
    await page.getByRole('main').getByRole('button', { name: 'New chat' }).click();
    await page.getByRole('form', { name: 'Composer' }).waitFor();
  });

  test('shows how far an image is, and then the whole', async () => {
    const { page, backstage } = await open();
    await page.getByLabel('Message', { exact: true }).fill('draws');
    await page.keyboard.press('Enter');
    await page.getByText('50 %').waitFor();
    await page.getByAltText('Generated image').waitFor();
    backstage.gate.open();
    await page.locator('.generated-image figcaption').waitFor({ state: 'detached' });
    expect(await page.getByAltText('Generated image').getAttribute('src')).toContain('#whole');
  });

  test('answers are rated, and made anew', async () => {
    const { page, backstage } = await open();
    await say(page, 'Hello');
    await page.getByRole('button', { name: 'Good answer' }).click();
    await page.locator('button[aria-label="Good answer"][aria-pressed=true]').waitFor();
    expect(backstage.feedback).toHaveLength(1);
    await page.getByRole('button', { name: 'Answer again' }).click();
    await idle(page);
    expect(backstage.messages).toHaveLength(2);
    await countOf(page.locator('[data-type=assistant_message]'), 1);
  });

  test('threads are listed, renamed and deleted', async () => {
    const { page } = await open();
    await say(page, 'First');
    await page.getByRole('button', { name: 'New chat' }).last().click();
    await say(page, 'Second');
    const list = page.getByRole('navigation', { name: 'Threads' });
    await countOf(list.getByRole('listitem'), 2);
    await list
      .getByRole('button', { name: /^More about/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('The second');
    await page.getByRole('button', { name: 'Rename' }).click();
    await list.getByRole('button', { name: 'The second', exact: true }).waitFor();
    await page.getByRole('heading', { name: 'The second' }).waitFor();
    await list.getByRole('button', { name: 'More about The second' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('What can I help with today?').waitFor();
    await list.getByRole('listitem').first().locator('button').first().click();
    await page.getByText('You said: First').first().waitFor();
  });

  test('tools, models and prompts come from the options, and reach the server', async () => {
    const { page, backstage } = await open({
      options: {
        options: {
          startScreen: {
            greeting: 'Ahoy',
            prompts: [{ label: 'Greet', prompt: 'Hello there', icon: 'sparkle' }],
          },
          composer: {
            placeholder: 'Ask the captain',
            tools: [
              {
                id: 'search',
                label: 'Search the web',
                icon: 'globe',
                placeholderOverride: 'What to search?',
              },
            ],
            models: [
              { id: 'm1', label: 'Small', default: true },
              { id: 'm2', label: 'Large', description: 'Slower' },
            ],
          },
          disclaimer: { text: 'It may err.' },
        },
      },
    });
    await page.getByText('It may err.').waitFor();
    await page.getByRole('button', { name: 'Greet' }).click();
    await page.getByText('You said: Hello there').first().waitFor();
    await page.getByRole('button', { name: 'Tools' }).click();
    await page.getByRole('menuitemradio', { name: 'Search the web' }).click();
    await page.getByPlaceholder('What to search?').waitFor();
    await page.getByRole('button', { name: 'Model' }).click();
    await page.getByRole('menuitemradio', { name: /Large/ }).click();
    await say(page, 'tea');
    expect(backstage.messages.at(-1)?.inference_options).toEqual({
      tool_choice: { id: 'search' },
      model: 'm2',
    });
    await page.getByPlaceholder('Ask the captain').waitFor();
  });

  test('a mention is found by @ and sent as a tag', async () => {
    const { page, backstage } = await open({
      options: {
        entities: (query) =>
          [{ id: 'ada', title: 'Ada Lovelace', group: 'People' }].filter(({ title }) =>
            title.includes(query),
          ),
      },
    });
    await page.getByLabel('Message', { exact: true }).pressSequentially('Ask @Ad');
    await page.getByRole('option', { name: /Ada Lovelace/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByLabel('Message', { exact: true }).pressSequentially('about it');
    await page.keyboard.press('Enter');
    await idle(page);
    expect(backstage.messages[0]?.content).toEqual([
      { type: 'input_text', text: 'Ask ' },
      { type: 'input_tag', id: 'ada', text: 'Ada Lovelace', data: {}, group: 'People', interactive: false },
      { type: 'input_text', text: ' about it' },
    ]);
    await expectText(page.locator('.tag'), 'Ada Lovelace');
  });

  test('selected text is quoted', async () => {
    const { page, backstage } = await open();
    await say(page, 'Hello');
    await page.locator('.markdown:not(.plain)').getByText('You said: Hello').selectText();
    await page.getByRole('button', { name: 'Quote', exact: true }).click();
    await say(page, 'What of it?');
    expect(backstage.messages.at(-1)?.quoted_text).toBe('You said: Hello');
    await expectText(page.locator('blockquote.quoted'), 'You said: Hello');
  });

  test('a draft outlives a reload, and what the server did not take is not lost', async () => {
    const { page } = await open();
    await page.getByLabel('Message', { exact: true }).fill('half a thought');
    await page.reload();
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('half a thought');
    await page.route('**/chatkit', (route) => route.abort());
    await page.keyboard.press('Tab');
    await page.getByLabel('Message', { exact: true }).press('Enter');
    await page
      .getByText(/could not be reached/)
      .first()
      .waitFor();
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('half a thought');
  });

  test.each([
    ['light', { width: 1280, height: 860 }],
    ['dark', { width: 1280, height: 860 }],
    ['light', { width: 390, height: 844 }],
  ] as const)('is shown in %s at %p', async (theme, viewport) => {
    const { page, complaints } = await open({}, { theme, viewport });
    for (const text of ['cites', 'works', 'asks', 'tool', 'notice']) await say(page, text);
    await screenshot(page, `chat-${theme}-${String(viewport.width)}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    expect(complaints).toEqual([]);
  });
});

async function expectText(locator: Locator, text: string): Promise<void> {
  await locator.filter({ hasText: text }).first().waitFor();
}
