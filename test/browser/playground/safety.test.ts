import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { assistantMessage } from '../../../src';
import { createApp, shows } from './chat';
import { describeInChromium } from '../chromium';
import { until } from '../../support/wait';
import { buildPage, openPlayground, say, serveApp } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

const RUN = 'window.__ran = true';
const LINKS = [
  'javascript:window.__ran=true',
  ' java\nscript:window.__ran=true',
  'data:text/html,<script>parent.__ran=true</script>',
  'vbscript:x',
];
const SVG = `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"><script>${RUN}</script></svg>`)}`;
const BEACON = 'https://evil.example/beacon';

const MARKDOWN = [
  `<script>${RUN}</script>`,
  `<img src=x onerror="${RUN}">`,
  `<iframe srcdoc="<script>parent.__ran=true</script>"></iframe>`,
  ...LINKS.map((link) => `[link](<${link.replaceAll('\n', '')}>)`),
  `![image](${BEACON}.png)`,
  `![svg](${SVG.replaceAll('(', '%28').replaceAll(')', '%29')})`,
  `<a href="javascript:${RUN}">x</a>`,
  `[ref]: javascript:${RUN}\n\n[ref]`,
].join('\n\n');

const WIDGET = {
  type: 'Card',
  background: `url(${BEACON}/background)`,
  status: { text: `<b onmouseover="${RUN}">status</b>`, favicon: `${BEACON}/favicon` },
  children: [
    { type: 'Markdown', value: MARKDOWN },
    { type: 'Text', value: `<script>${RUN}</script>`, color: `red; background: url(${BEACON}/color)` },
    { type: 'Image', src: `${BEACON}/image` },
    { type: 'Image', src: SVG },
    ...LINKS.map((src) => ({ type: 'Image', src })),
    {
      type: 'Box',
      background: String.raw`u\72l(${BEACON}/escaped)`,
      width: `calc(1px);background:url(${BEACON}/width)`,
      children: [],
    },
    { type: 'Box', background: `image-set("${BEACON}/set" 1x)`, children: [] },
    { type: '__proto__', children: [] },
    { type: 'constructor' },
    { type: 'Icon', name: 'constructor' },
    { type: 'Title', value: { toString: 'no' }, size: '__proto__' },
    { type: 'Select', name: '__proto__', options: [{ value: 'x', label: 'x' }], defaultValue: 'x' },
    { type: 'Button', label: 'Pollute', onClickAction: { type: 'test.pollute', payload: {} } },
    {
      type: 'Chart',
      data: [{ a: `<svg onload="${RUN}">`, b: 1 }],
      xAxis: 'a',
      series: [{ type: 'bar', dataKey: 'b', color: `url(${BEACON}/chart)` }],
    },
  ],
};

describeInChromium('content of strangers', (browser) => {
  test('runs no script, fetches nothing, and leaves the page as it is', async () => {
    const { app } = createApp({
      answers: {
        hostile: shows(WIDGET),
        cites: function* () {
          yield assistantMessage(MARKDOWN, {
            annotations: LINKS.map((url) => ({
              type: 'annotation' as const,
              index: 0,
              source: { type: 'url' as const, title: '<b>x</b>', url },
            })),
          });
        },
      },
    });
    const url = await serveApp(app);
    const { page, complaints } = await openPlayground(browser(), `${url}/chatkit/playground/?panel=events`);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await say(page, 'hostile');
    await page.getByText('Unknown component: constructor').waitFor();
    await looksAt(page);
    await say(page, 'cites');
    await looksAt(page);
    expect(await page.evaluate(() => ['__ran' in window, 'x' in Object.prototype])).toEqual([false, false]);
    expect(asked.filter((each) => !each.startsWith(url) && !/^(data|blob):/.test(each))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('images of other hosts show a placeholder with the host, until it is allowed', async () => {
    const root = {
      type: 'Card',
      children: [{ type: 'Image', src: 'https://cdn.example/tea.png', alt: 'Tea' }],
    };
    const closed = createApp({ answers: { show: shows(root) } });
    const { page } = await openPlayground(browser(), `${await serveApp(closed.app)}/chatkit/playground/`);
    await say(page, 'show');
    await page.getByRole('img', { name: 'Tea (from cdn.example, not allowed)' }).waitFor();

    const open = createApp({ answers: { show: shows(root) }, options: { images: ['cdn.example'] } });
    const allowed = await openPlayground(browser(), 'about:blank');
    await allowed.page.route('https://cdn.example/**', (route) =>
      route.fulfill({
        contentType: 'image/svg+xml',
        body: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      }),
    );
    await allowed.page.goto(`${await serveApp(open.app)}/chatkit/playground/`);
    await say(allowed.page, 'show');
    await allowed.page.waitForFunction(() => document.querySelector('.w-image')?.naturalWidth === 9);
    expect(allowed.complaints).toEqual([]);
  });
});

describeInChromium('the page itself', (browser) => {
  test('loads less than 200 KB, gzipped, before anything is said', async () => {
    const { app } = createApp();
    const url = await serveApp(app);
    const { page } = await openPlayground(browser(), 'about:blank');
    const files: string[] = [];
    page.on('request', (request) => files.push(new URL(request.url()).pathname));
    await page.goto(`${url}/chatkit/playground/`, { waitUntil: 'networkidle' });
    const folder = join(__dirname, '../../../dist/playground/page');
    const known = readdirSync(join(folder, 'assets'));
    const loaded = known.filter((name) => files.some((file) => file.endsWith(name)));
    const size = loaded.reduce(
      (sum, name) => sum + gzipSync(readFileSync(join(folder, 'assets', name))).length,
      0,
    );
    expect(loaded.length).toBeGreaterThan(1);
    expect(size / 1024).toBeLessThan(200);
  });

  test('of 5,000 items keeps fewer than 100 in the page, and the place where the user reads', async () => {
    const { app, backstage } = createApp();
    const url = await serveApp(app);
    const scope = { owner: 'anonymous', requestContext: {}, signal: new AbortController().signal };
    const created_at = '2030-01-01T00:00:00.000Z';
    await backstage.store.createThread(scope, {
      id: 'thr_long',
      created_at,
      status: { type: 'active' },
      metadata: {},
    });
    for (let index = 0; index < 5_000; index += 1) {
      const item = {
        id: `msg_${String(index)}`,
        thread_id: 'thr_long',
        created_at,
        type: 'assistant_message' as const,
        content: [
          {
            type: 'output_text' as const,
            text: `Item ${String(index)} ${'word '.repeat(index % 40)}`,
            annotations: [],
          },
        ],
      };
      await backstage.store.saveItem(scope, item, JSON.stringify(item));
    }
    const { page, complaints } = await openPlayground(
      browser(),
      `${url}/chatkit/playground/?thread=thr_long`,
    );
    await page.getByText('Item 4999').waitFor();
    const scroller = page.locator('.messages');
    const shown = () =>
      scroller.evaluate((element) =>
        [...(element as unknown as ShownElement).querySelectorAll('[data-item]')].map(
          ({ dataset }) => dataset['item'],
        ),
      );
    // The oldest that is there after each page of 30; what is read is a little below it.
    for (let oldest = 4_970; oldest > 4_820; oldest -= 30) {
      const reading = page.locator(`[data-item=msg_${String(oldest + 4)}]`);
      const older = page.waitForResponse(
        (response) => response.request().postData()?.includes('items.list') === true,
      );
      await scroller.evaluate((element) => {
        (element as unknown as ShownElement).scrollTop = 300;
      });
      await (await older).finished();
      await page.getByRole('button', { name: 'Load older messages' }).waitFor();
      await settled(page);
      // What is read is still in view: the older ones are put above it.
      await until(
        async () => {
          const y = (await reading.count()) === 0 ? undefined : (await reading.boundingBox())?.y;
          return y !== undefined && y > -300 && y < 1_000;
        },
        `item ${String(oldest + 4)} in view`,
      );
      expect((await shown()).length).toBeLessThan(100);
    }
    expect(complaints).toEqual([]);
  });
});

/** Every link leads to the web, or within the page. */
async function looksAt(page: Page): Promise<void> {
  const links = await page.locator('.messages a').all();
  for (const link of links) expect(await link.getAttribute('href')).toMatch(/^(https?:|#source-)/);
}

/** The list measures what it has just drawn, and moves by that: nobody scrolls on within the same frames. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 20; frame += 1)
      await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}
