/* global PerformanceObserver, requestAnimationFrame, cancelAnimationFrame -- of the browser, for what runs in the page */
/*
 * What the playground's page costs a browser: frame times and long tasks while an answer streams at 200
 * deltas a second for 10 s (30 KB of Markdown) and the user types and reads further up, in a short thread and
 * in one of 5,000 items of all kinds; and while those are scrolled through.
 */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { assistantMessageStream, ChatController, MemoryStore, OnMessage } from 'chatkit-controllers';
import { chatkit } from 'chatkit-controllers/node';
import { playground } from 'chatkit-controllers/playground';
import { chromium } from 'playwright-core';
import { machine } from './lib/machine.mjs';

const isQuick = process.argv.includes('--quick');
const SECONDS = isQuick ? 2 : 10;
const PER_SECOND = 200;
const ITEMS = isQuick ? 500 : 5_000;
const GOAL = { frame: 34, task: 100 };

const SECTION = `## A heading

Some **bold** and *italic* text with \`code\`, a [link](https://example.com), and a sentence that goes on for a while.

- one thing
- another, which is longer than the first

| drink | sold |
| ----- | ---- |
| tea   | 3    |
| coffee | 5   |

\`\`\`js
const answer = 6 * 7; // a block of code
\`\`\`

`;
const MARKDOWN = SECTION.repeat(Math.ceil((30_000 * SECONDS) / 10 / SECTION.length));

/** The text in equal parts, at their times: late ones are made up for, as a model's would come. */
async function* deltas() {
  const count = SECONDS * PER_SECOND;
  const size = Math.ceil(MARKDOWN.length / count);
  const start = performance.now();
  for (let sent = 0; sent < count; sent += 1) {
    const wait = start + (sent * 1000) / PER_SECOND - performance.now();
    if (wait > 1) await setTimeout(wait);
    yield MARKDOWN.slice(sent * size, (sent + 1) * size);
  }
}

class Controller {
  reply() {
    return assistantMessageStream(deltas());
  }
}
OnMessage()(Controller.prototype, 'reply', Object.getOwnPropertyDescriptor(Controller.prototype, 'reply'));
ChatController()(Controller);

/** Items of all kinds, by turns. */
function itemAt(index) {
  const head = {
    id: `itm_${String(index)}`,
    thread_id: 'thr_long',
    created_at: new Date(index).toISOString(),
  };
  const text = `Item ${String(index)} ${'word '.repeat(index % 60)}`;
  const kinds = [
    { type: 'user_message', content: [{ type: 'input_text', text }], attachments: [], inference_options: {} },
    { type: 'assistant_message', content: [{ type: 'output_text', text: SECTION + text, annotations: [] }] },
    {
      type: 'widget',
      widget: {
        type: 'Card',
        children: [
          { type: 'Title', value: `Card ${String(index)}` },
          { type: 'Text', value: text },
          { type: 'Input', name: 'note' },
          { type: 'Button', label: 'Go', onClickAction: { type: 'go' } },
        ],
      },
    },
    { type: 'task', task: { type: 'custom', title: text, status_indicator: 'complete' } },
    {
      type: 'workflow',
      workflow: { type: 'reasoning', tasks: [{ type: 'thought', content: text }], expanded: false },
    },
  ];
  return { ...head, ...kinds[index % kinds.length] };
}

const store = new MemoryStore();
const scope = { owner: 'shared', requestContext: {}, signal: new AbortController().signal };
const created_at = new Date(0).toISOString();
await store.createThread(scope, { id: 'thr_long', created_at, status: { type: 'active' }, metadata: {} });
for (let index = 0; index < ITEMS; index += 1) {
  const item = itemAt(index);
  await store.saveItem(scope, item, JSON.stringify(item));
}
const chat = chatkit({ controllers: [Controller], store, owner: 'shared' });
const page = playground({ chat, enabled: true });
const server = createServer((req, res) => page(req, res, () => chat(req, res)));
await once(server.listen(0, '127.0.0.1'), 'listening');
const url = `http://127.0.0.1:${String(server.address().port)}/chatkit/playground/`;

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const executablePath = places.find((path) => path !== undefined && existsSync(path));
if (executablePath === undefined) throw new Error('There is no Chromium; CHROMIUM may name one.');
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
const browser = await chromium.launch({ executablePath, headless: true, args });

/** Frame times and long tasks while something happens in the page. */
async function measured(tab, work) {
  await tab.evaluate(() => {
    const found = { frames: [], tasks: [] };
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) found.tasks.push(duration);
    });
    observer.observe({ type: 'longtask' });
    let last = performance.now();
    let request = requestAnimationFrame(function frame(now) {
      found.frames.push(now - last);
      last = now;
      request = requestAnimationFrame(frame);
    });
    globalThis.endMeasure = () => {
      cancelAnimationFrame(request);
      observer.disconnect();
      return found;
    };
  });
  await work();
  const { frames, tasks } = await tab.evaluate(() => globalThis.endMeasure());
  const sorted = frames.toSorted((a, b) => a - b);
  const at = (part) => sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)];
  return {
    frames: frames.length,
    medianFrame: at(0.5),
    p95Frame: at(0.95),
    longestFrame: at(1),
    longTasks: tasks.length,
    longestTask: Math.max(0, ...tasks),
  };
}

/** Where an item is in the window; by itself the first one in view. */
const placeOf = (tab, wanted) =>
  tab.locator('.messages').evaluate((element, id) => {
    const top = element.getBoundingClientRect().top;
    const item = [...element.querySelectorAll('[data-item]')].find((each) =>
      id === undefined ? each.getBoundingClientRect().bottom > top : each.dataset.item === id,
    );
    return { id: item?.dataset.item, top: item?.getBoundingClientRect().top };
  }, wanted);

/** Sends a message, types the next one while the answer comes, and reads further up. */
async function stream(tab) {
  const field = tab.getByLabel('Message', { exact: true });
  await field.fill('Go on');
  await field.press('Enter');
  await tab.getByRole('button', { name: 'Stop' }).waitFor();
  const typed = 'everything that is typed arrives ';
  for (let round = 0; round < SECONDS / 2; round += 1) await field.pressSequentially(typed, { delay: 20 });
  await tab.locator('.messages').evaluate((element) => element.scrollBy(0, -600));
  await setTimeout(200); // what comes into view is measured, which may move it
  const read = await placeOf(tab);
  await tab.getByRole('button', { name: 'Send' }).waitFor({ timeout: 120_000 });
  const now = await placeOf(tab, read.id);
  const arrived = await field.inputValue();
  if (arrived !== typed.repeat(Math.ceil(SECONDS / 2))) throw new Error(`Of what was typed came: ${arrived}`);
  if (Math.abs(now.top - read.top) > 2)
    throw new Error(`What is read was moved: ${JSON.stringify({ read, now })}`);
}

async function open(query) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  const tab = await context.newPage();
  await tab.goto(url + query);
  await tab.getByLabel('Message', { exact: true }).waitFor();
  await setTimeout(500); // what the page fetches when it is idle
  return tab;
}

const results = {};
const short = await open('');
results['an answer in a new thread'] = await measured(short, () => stream(short));

const long = await open('?thread=thr_long');
await long.locator(`[data-item=itm_${String(ITEMS - 1)}]`).waitFor();
results['loading all items, page by page'] = await measured(long, async () => {
  await long.getByRole('button', { name: 'Search the messages' }).click();
  const all = long.getByRole('button', { name: 'Search older ones too' });
  await all.click();
  await all.waitFor({ state: 'detached', timeout: 120_000 });
});
await long.getByRole('button', { name: 'Close the search' }).click();
results['scrolling through them'] = await measured(long, () =>
  long.locator('.messages').evaluate(async (element, seconds) => {
    const start = performance.now();
    for (let now = start; now - start < seconds * 1000; now = await new Promise(requestAnimationFrame))
      element.scrollBy(0, -150);
  }, SECONDS),
);
results.nodes = await long.locator('[data-item]').count();
await long.locator('.messages').evaluate((element) => element.scrollTo(0, element.scrollHeight));
results['an answer below all items'] = await measured(long, () => stream(long));

await browser.close();
server.closeAllConnections();
server.close();
await chat.close({ timeoutMs: 0 });

if (process.argv.includes('--json')) console.log(JSON.stringify({ machine: machine(), results }, null, 2));
else {
  const ms = (value) => `${value.toFixed(1)} ms`;
  const { nodes, ...rows } = results;
  console.log(machine());
  console.table(
    Object.fromEntries(
      Object.entries(rows).map(([name, row]) => [
        name,
        {
          frames: row.frames,
          median: ms(row.medianFrame),
          p95: `${ms(row.p95Frame)}${row.p95Frame < GOAL.frame ? '' : ' (!)'}`,
          longest: ms(row.longestFrame),
          'long tasks': row.longTasks,
          'longest task': `${ms(row.longestTask)}${row.longestTask <= GOAL.task ? '' : ' (!)'}`,
        },
      ]),
    ),
  );
  console.log(`${String(nodes)} items are in the page. Goals: p95 below 34 ms, no task above 100 ms.`);
}
