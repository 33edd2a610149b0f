import type { Download, Page } from 'playwright-core';
import { assistantMessage } from '../../../src';
import { DiskAttachmentStore } from '../../../src/stores/disk-attachments';
import { temporaryDirectories } from '../../stores/temporary';
import { seriousFlaws } from './axe';
import { createApp, shows, type Serving } from './chat';
import { describeInChromium } from '../chromium';
import { buildPage, countOf, idle, openPlayground, say, screenshot, serveApp } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

const CARD = {
  type: 'Card',
  children: [
    { type: 'Button', label: 'Go', onClickAction: { type: 'test.go', payload: { id: 7 } } },
    { type: 'Button', label: 'Sync', onClickAction: { type: 'sync.it', streaming: false } },
  ],
};
const SERVING: Serving = {
  answers: { show: shows(CARD) },
  options: { users: { ada: { headers: { 'x-user-id': 'ada', authorization: 'Bearer s3cret' } } } },
};

const newDirectory = temporaryDirectories();

describeInChromium('a session', (browser) => {
  async function open(serving: Serving) {
    const { app, backstage } = createApp(serving);
    const opened = await openPlayground(browser(), `${await serveApp(app)}/chatkit/playground/?panel=events`);
    return { ...opened, backstage };
  }

  /** A message, an action that streams, one that does not, a tool; saved as a file. */
  async function record(): Promise<string> {
    const { page } = await open(SERVING);
    await say(page, 'show');
    await page.getByRole('button', { name: 'Go', exact: true }).click();
    await page.getByText('Did test.go.').first().waitFor();
    await idle(page);
    await page.getByRole('button', { name: 'Sync' }).click();
    await page.getByText('Changed at once.').waitFor();
    await say(page, 'tool');
    await page.getByLabel('Result, as JSON').fill('{"city":"Bern"}');
    await page.getByRole('button', { name: 'Send result' }).click();
    await page.getByText('On with it in thr.').first().waitFor();
    await idle(page);
    return textOf(await save(page));
  }

  test('is played into a page whose server is away, step by step', async () => {
    const session = await record();
    const { page, complaints } = await open({});
    await page.getByRole('button', { name: 'Replay a session' }).click();
    await page.getByRole('main', { name: 'Replay' }).waitFor();
    await page.route('**/chatkit', (route) => route.abort());
    await choose(page, session);
    const recording = page.getByRole('region', { name: 'Recording' });
    await recording.getByText('On with it in thr.').first().waitFor();
    await recording.getByText('Changed at once.').waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
    await screenshot(page, 'replay');
    await page.getByRole('button', { name: 'To the start' }).click();
    await countOf(recording.locator('[data-item]'), 0);
    const requests = page.getByRole('region', { name: 'Requests' });
    await requests.getByRole('button', { name: 'threads.custom_action' }).click();
    await recording.getByText('Did test.go.').first().waitFor();
    await recording.getByRole('button', { name: 'Sync' }).waitFor();
    await countOf(recording.getByText('Changed at once.'), 0);
    await page.getByRole('button', { name: 'Play' }).click();
    await recording.getByText('On with it in thr.').first().waitFor();
    expect(complaints).toEqual([]);
  });

  test('is sent again: new ids take the places of the old ones, and the answers are the same', async () => {
    const session = await record();
    const { page, backstage } = await open(SERVING);
    await page.getByRole('button', { name: 'Replay a session' }).click();
    await choose(page, session);
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByRole('button', { name: 'Open the new thread' }).waitFor();
    await countOf(page.getByText('the same'), 5);
    await countOf(page.locator('.outcome[role=alert]'), 0);
    expect(backstage.actions).toEqual([
      { type: 'test.go', payload: { id: 7 }, sync: false },
      { type: 'sync.it', payload: undefined, sync: true },
    ]);
    await page.getByRole('button', { name: 'Open the new thread' }).click();
    await page.getByRole('main', { name: 'Chat' }).getByText('On with it in thr.').first().waitFor();
  });

  test('shows the first event that differs, and sends nothing after it', async () => {
    const session = await record();
    const answers: Serving['answers'] = {
      *show() {
        yield assistantMessage('No widget today.');
      },
    };
    const { page, backstage } = await open({ ...SERVING, answers });
    await page.getByRole('button', { name: 'Replay a session' }).click();
    await choose(page, session);
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByText(/Event \d+ differs at item\./).waitFor();
    await page.getByLabel('What came now').waitFor();
    expect(backstage.messages).toHaveLength(1);
    expect(backstage.actions).toEqual([]);
  });

  test('with files holds no signature of their links, and is sent again without their bytes', async () => {
    const openWithFiles = async () => {
      let base = '';
      const opened = await open({
        options: { options: { composer: { attachments: { enabled: true } } } },
        chat: {
          attachmentStore: new DiskAttachmentStore({
            directory: newDirectory(),
            secret: 'a secret of thirty-two bytes or more, for links',
            baseUrl: () => `${base}/chatkit`,
          }),
        },
      });
      base = new URL(opened.page.url()).origin;
      return opened;
    };
    const { page } = await openWithFiles();
    await page
      .getByLabel('Files to attach')
      .setInputFiles({ name: 'tea.txt', mimeType: 'text/plain', buffer: Buffer.from('tea') });
    await page.getByRole('list', { name: 'Files' }).getByRole('progressbar').waitFor({ state: 'detached' });
    await say(page, 'Read this');
    const session = await textOf(await save(page));
    expect(session).toContain('signature=redacted');
    expect(session).not.toMatch(/signature=(?!redacted)/);
    const again = await openWithFiles();
    await again.page.getByRole('button', { name: 'Replay a session' }).click();
    await choose(again.page, session);
    await again.page.getByRole('button', { name: 'Send again' }).click();
    await again.page.getByRole('button', { name: 'Open the new thread' }).waitFor();
    await screenshot(again.page, 'replay-files');
    expect(await again.page.locator('.outcome[role=alert]').allTextContents()).toEqual([]);
    expect(again.backstage.messages[0]?.attachments).toMatchObject([{ name: 'tea.txt' }]);
  });

  test('is saved without what is secret, unless asked for', async () => {
    expect(await record()).not.toContain('s3cret');
    const { page } = await open(SERVING);
    await say(page, 'Hello');
    await page.getByLabel('Keep secrets in copies and files').check();
    expect(await textOf(await save(page))).toContain('s3cret');
  });

  test.each([
    ['not JSON', 'oops', /not JSON/],
    ['another file', '{"version":2}', /contains no session/],
  ])('a file without a session is refused: %s', async (_, text, reason) => {
    const { page } = await open({});
    await page.getByRole('button', { name: 'Replay a session' }).click();
    await choose(page, text);
    await page.getByRole('alert').getByText(reason).waitFor();
  });
});

async function save(page: Page): Promise<Download> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the session' }).click(),
  ]);
  return download;
}

async function textOf(download: Download): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function choose(page: Page, text: string): Promise<void> {
  await page
    .getByLabel('Session file')
    .setInputFiles({ name: 'session.json', mimeType: 'application/json', buffer: Buffer.from(text) });
}
