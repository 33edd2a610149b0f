import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import express from 'express';
import { playground } from '../../../src/playground';
import { afterThisTest } from '../../support/cleanup';
import { describeInChromium } from '../chromium';
import { buildPage, openPlayground, say, screenshot, serveApp } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

const THREAD = {
  id: 'thr_abc12345',
  created_at: '2026-01-01T10:00:00.123456',
  status: { type: 'active' },
  metadata: {},
};
const item = (id: string, type: string, more: object) => ({
  id,
  thread_id: THREAD.id,
  created_at: '2026-01-01T10:00:01.123456',
  type,
  ...more,
});
const asked = (text: string) =>
  item('msg_1', 'user_message', {
    content: [{ type: 'input_text', text }],
    attachments: [],
    inference_options: {},
  });
const answer = (id: string, text: string) =>
  item(id, 'assistant_message', { content: [{ type: 'output_text', text, annotations: [] }] });
const WIDGET = item('msg_w', 'widget', {
  widget: { type: 'Card', children: [{ type: 'Button', label: 'Go', onClickAction: { type: 'go' } }] },
});

/** A backend as ChatKit's Python package makes one: no id of requests, lines that end otherwise, spaces in JSON. */
async function serveForeign(origin: () => string): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const items: unknown[] = [];
  const answers: Record<
    string,
    (res: ServerResponse, params: { input?: { content: { text: string }[] } }) => void
  > = {
    'threads.list': (res) => json(res, { data: items.length === 0 ? [] : [THREAD], has_more: false }),
    'threads.get_by_id': (res) => json(res, { ...THREAD, items: { data: items, has_more: false } }),
    'items.list': (res) => json(res, { data: items.toReversed(), has_more: false }),
    'threads.create'(res, { input }) {
      const text = input?.content[0]?.text ?? '';
      if (text.startsWith('{')) {
        stream(res, [
          { type: 'thread.created', thread: { ...THREAD, items: { data: [], has_more: false } } },
          JSON.parse(text),
          { type: 'thread.item.done', item: answer('msg_2', 'Still here.') },
        ]);
        return;
      }
      items.push(asked(text), answer('msg_2', 'Ciao!'), WIDGET);
      stream(res, [
        { type: 'thread.created', thread: { ...THREAD, items: { data: [], has_more: false } } },
        { type: 'thread.item.done', item: items[0] },
        { type: 'thread.item.added', item: answer('msg_2', '') },
        {
          type: 'thread.item.updated',
          item_id: 'msg_2',
          update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'Ciao!' },
        },
        { type: 'thread.item.sparkled', item_id: 'msg_2', update: { type: 'of a later version' } },
        { type: 'thread.item.done', item: items[1] },
        { type: 'thread.item.done', item: WIDGET },
        { type: 'thread.item.done', item: item('msg_x', 'hologram', { depth: 3 }) },
      ]);
    },
    'threads.custom_action': (res) =>
      stream(res, [{ type: 'thread.item.done', item: answer('msg_3', 'Gone.') }]),
  };
  const handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    res.setHeader('access-control-allow-origin', origin());
    res.setHeader('access-control-allow-headers', 'content-type, x-user-id');
    if (req.method === 'OPTIONS') {
      res.writeHead(204).end();
      return;
    }
    const { type, params } = JSON.parse(await readText(req)) as { type: string; params: never };
    seen.push(type);
    answers[type]!(res, params);
  };
  const server = createServer((req, res) => void handle(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterThisTest(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/chatkit`, seen };
}

function json(res: ServerResponse, value: unknown): void {
  res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value, undefined, 1));
}

function stream(res: ServerResponse, events: unknown[]): void {
  res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  for (const event of events) res.write(`: ping\r\n\r\ndata: ${JSON.stringify(event)}\r\n\r\n`);
  res.end();
}

const MALFORMED: readonly object[] = [
  { type: 'thread.item.done' },
  { type: 'thread.created' },
  { type: 'thread.updated', thread: null },
  { type: 'thread.item.updated', item_id: 'msg_2', update: null },
  { type: 'notice' },
  { type: 'progress_update' },
  ...[
    'user_message',
    'assistant_message',
    'widget',
    'workflow',
    'task',
    'structured_input',
    'client_tool_call',
    'generated_image',
  ].map((type) => ({ type: 'thread.item.done', item: { id: 'msg_e', type } })),
];

describeInChromium('a chat of another server', (browser) => {
  test('is talked to over the wire alone, which is all that is shown of it', async () => {
    let page_url = '';
    const { url, seen } = await serveForeign(() => page_url);
    const app = express();
    app.use('/playground', playground({ api: url, users: { ada: { headers: { 'x-user-id': 'ada' } } } }));
    page_url = await serveApp(app);
    const { page, complaints } = await openPlayground(browser(), `${page_url}/playground?panel=handlers`);
    await page.getByText('only requests and responses are shown').waitFor();
    expect(await page.getByRole('tab').allTextContents()).toEqual(['Events', 'Page', 'Options']);
    await say(page, 'Buongiorno');
    await page.getByText('Ciao!').first().waitFor();
    await page.getByText('Unknown item').waitFor();
    await page.getByLabel('The unknown item as JSON').getByText('"depth": 3').waitFor();
    await page.getByRole('button', { name: 'Go', exact: true }).click();
    await page.getByText('Gone.').first().waitFor();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('button', { name: /threads.create/ }).click();
    await inspector.getByText('thread.item.sparkled').waitFor();
    expect(await inspector.getByText('Handler:').count()).toBe(0);
    await screenshot(page, 'foreign');
    await page.reload();
    await page.getByText('Ciao!').first().waitFor();
    await page.getByRole('button', { name: 'Widget editor' }).click();
    await page.getByText('Your widget').first().waitFor();
    expect(complaints).toEqual([]);
    expect(new Set(seen)).toEqual(
      new Set(['threads.list', 'threads.create', 'threads.custom_action', 'threads.get_by_id', 'items.list']),
    );
  });

  test('an event that is not as it should be takes none of the others along', async () => {
    let page_url = '';
    const { url } = await serveForeign(() => page_url);
    const app = express();
    app.use('/playground', playground({ api: url }));
    page_url = await serveApp(app);
    const { page } = await openPlayground(browser(), `${page_url}/playground`);
    for (const event of MALFORMED) {
      await page.getByRole('main').getByRole('button', { name: 'New chat' }).click();
      await page.getByText('What can I help with today?').waitFor();
      await say(page, JSON.stringify(event));
      await page.getByText('Still here.').first().waitFor();
    }
    await page.getByRole('button', { name: 'Search the messages' }).click();
    await page.getByRole('searchbox').fill('Still');
    await page.getByText('1 found').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'New chat' }).click();
    await say(page, JSON.stringify({ type: 'thread.item.done' }));
    await page.getByRole('alert').getByText('An event (thread.item.done) cannot be shown').waitFor();
  });
});
