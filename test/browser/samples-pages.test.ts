import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { createAirlineSupport } from '../../samples/airline-support/app';
import { script as airlineScript } from '../../samples/airline-support/script';
import { createCatCaretaker } from '../../samples/cat-caretaker/app';
import { script as catScript } from '../../samples/cat-caretaker/script';
import { createMetroMap } from '../../samples/metro-map/app';
import { script as metroScript } from '../../samples/metro-map/script';
import { createNewsGuide } from '../../samples/news-guide/app';
import { script as newsScript } from '../../samples/news-guide/script';
import { scriptedModel } from '../../src/testing/agents';
import { listen } from '../support/adapters';
import { afterThisTest } from '../support/cleanup';
import { describeInChromium } from './chromium';

/** Stands in for ChatKit's script, which comes from OpenAI: an element that talks to the chat. */
const CHATKIT = `
customElements.define('openai-chatkit', class extends HTMLElement {
  setOptions(options) { this.options = options; }
  async send(type, params) {
    const { fetch = window.fetch, url } = this.options.api;
    const body = JSON.stringify({ type, params: { thread_id: this.thread, ...params } });
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const events = (await answer.text()).split('\\n\\n').filter(Boolean).map((text) => JSON.parse(text.slice(6)));
    this.dataset.said = events.flatMap(({ item }) => item?.content ?? []).map(({ text }) => text).join(' ');
    for (const event of events) await this.take(event);
  }
  async take(event) {
    if (event.type === 'thread.created') this.thread = event.thread.id;
    if (event.item?.type === 'widget') this.widget = event.item;
    if (event.type === 'client_effect') this.dispatchEvent(new CustomEvent('chatkit.effect', { detail: event }));
    if (event.item?.type !== 'client_tool_call') return;
    const result = await this.options.onClientTool({ name: event.item.name, params: event.item.arguments });
    await this.send('threads.add_client_tool_output', { result });
  }
  sendUserMessage({ text }) {
    const input = { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} };
    return this.send(this.thread ? 'threads.add_user_message' : 'threads.create', { input });
  }
  sendCustomAction(action, item_id) { return this.send('threads.custom_action', { action, item_id }); }
});`;

/** Opens the page of a sample, with that in place of ChatKit. */
async function open(page: Page, name: string, app: RequestListener): Promise<void> {
  const url = (await listen(app)).replace('/chatkit', '');
  const html = readFileSync(join(__dirname, '../../samples', name, 'page.html'), 'utf8');
  await page.route(`${url}/`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.route('https://cdn.platform.openai.com/**', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: CHATKIT }),
  );
  await page.goto(`${url}/`);
  await page.waitForFunction('document.getElementById("chat").options');
}

const say = (page: Page, text: string) =>
  page.evaluate(`chat.sendUserMessage({ text: ${JSON.stringify(text)} })`);

describeInChromium('pages of the samples', (browser) => {
  let page: Page;
  beforeEach(async () => {
    page = await browser().newPage();
  });
  afterEach(() => page.close());

  it('the panel of the cat follows what is done for it', async () => {
    await open(page, 'cat-caretaker', createCatCaretaker(scriptedModel(catScript)));
    await page.getByRole('button', { name: 'Feed' }).click();
    await page.waitForFunction('document.getElementById("food").value === 8');
    await say(page, 'Hello, cat');
    expect(await page.textContent('#line')).toContain('Mrrp');
  });

  it('the file of the airline follows what the agent and the clicks change', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'airline-'));
    afterThisTest(() => rmSync(directory, { recursive: true }));
    const model = scriptedModel(airlineScript);
    await open(page, 'airline-support', createAirlineSupport({ model, url: 'http://127.0.0.1', directory }));
    await say(page, 'May I have a window seat?');
    expect(await page.textContent('#flights')).toContain('seat 9A');
    await say(page, 'What is there to eat?');
    await page.evaluate(
      `chat.sendCustomAction({ type: 'meal.pick', payload: { meal: 'vegan' } }, chat.widget.id)`,
    );
    await page.waitForSelector('text=meal: vegan');
    await say(page, 'Please cancel my trip.');
    await page.evaluate('chat.sendCustomAction(chat.widget.widget.confirm.action, chat.widget.id)');
    await page.waitForSelector('li.cancelled');
  });

  it('the metro map gives its selection to the agent, and shows what the agent builds', async () => {
    await open(page, 'metro-map', createMetroMap(scriptedModel(metroScript)));
    await page.click('#hill');
    await say(page, 'What have I selected?');
    expect(await page.getAttribute('#chat', 'data-said')).toContain('hill');
    await say(page, 'A new station');
    await page.evaluate(
      `chat.sendCustomAction({ type: 'line.pick', payload: { line: 'plum' } }, chat.widget.id)`,
    );
    await page.click('#campus');
    await page.waitForSelector('text=Seagull Steps');
    expect(await page.textContent('#hint')).toContain('select');
  });

  it('the paper opens the article of the list, and tells the server which one is open', async () => {
    await open(page, 'news-guide', createNewsGuide(scriptedModel(newsScript)));
    await say(page, 'What is new?');
    await page.evaluate(
      `chat.options.widgets.onAction({ type: 'article.open', payload: { id: 'otters' } }, chat.widget)`,
    );
    expect(await page.textContent('#text')).toContain('Three otters');
    await say(page, 'Sum up this page');
    expect(await page.getAttribute('#chat', 'data-said')).toContain('Three otters');
  });
});
