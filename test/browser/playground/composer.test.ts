import express from 'express';
import type { Page } from 'playwright-core';
import { DiskAttachmentStore } from '../../../src/stores/disk-attachments';
import { temporaryDirectories } from '../../stores/temporary';
import { Latch, until } from '../../support/wait';
import { createApp, type Serving } from './chat';
import { describeInChromium } from '../chromium';
import { buildPage, countOf, idle, openPlayground, say, screenshot, serveApp } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

const newDirectory = temporaryDirectories();
const SECRET = 'a secret of thirty-two bytes or more, for links';

describeInChromium('the composer of the playground', (browser) => {
  /** @param upload what an upload waits for */
  async function open(composer: object, { upload = Promise.resolve(), api = {} }: Holding = {}) {
    let base = '';
    const attachmentStore = new DiskAttachmentStore({
      directory: newDirectory(),
      secret: SECRET,
      baseUrl: () => `${base}/chatkit`,
    });
    const serving: Serving = { options: { options: { composer, api } }, chat: { attachmentStore } };
    const { app, backstage } = createApp(serving);
    const outer = express();
    outer.use('/chatkit/attachments', (_req, _res, next) => void upload.then(() => next()));
    outer.use(app);
    base = await serveApp(outer);
    const opened = await openPlayground(browser(), `${base}/chatkit/playground/`);
    return { ...opened, backstage };
  }

  const files = (page: Page) => page.getByRole('list', { name: 'Files' });

  test.each(['two_phase', 'direct'])(
    'uploads a chosen file with progress, and sends it (%s)',
    async (type) => {
      const gate = new Latch();
      const uploadStrategy = type === 'direct' ? { type, uploadUrl: '/chatkit/attachments' } : { type };
      const { page, backstage, complaints } = await open(
        { attachments: { enabled: true } },
        { upload: gate.opened, api: { uploadStrategy } },
      );
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: 'Attach files' }).click(),
      ]);
      await chooser.setFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('tea') });
      await files(page).getByRole('progressbar', { name: 'Upload of notes.txt' }).waitFor();
      expect(await page.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
      gate.open();
      await files(page).getByRole('progressbar').waitFor({ state: 'detached' });
      await say(page, 'Read this');
      expect(backstage.messages[0]?.attachments).toMatchObject([
        { type: 'file', name: 'notes.txt', mime_type: 'text/plain' },
      ]);
      await page.locator('.item.user').getByText('notes.txt').waitFor();
      await countOf(files(page), 0);
      expect(complaints).toEqual([]);
    },
  );

  test.each(['drop', 'paste'])('takes a file by %s', async (kind) => {
    const { page, backstage } = await open({ attachments: { enabled: true } });
    await page.getByLabel('Message', { exact: true }).focus();
    await give(page, kind, 'dropped.md');
    await files(page).getByText('dropped.md').waitFor();
    await files(page).getByRole('progressbar').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await idle(page);
    expect(backstage.messages[0]?.attachments).toMatchObject([{ name: 'dropped.md' }]);
  });

  test('says why a file is not taken, and takes one back', async () => {
    const { page, backstage } = await open({
      attachments: { enabled: true, maxSize: 5, accept: { 'text/*': ['.txt'] } },
    });
    const input = page.getByLabel('Files to attach');
    await input.setInputFiles([
      { name: 'long.txt', mimeType: 'text/plain', buffer: Buffer.from('too long') },
      { name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('png') },
      { name: 'ok.txt', mimeType: 'text/plain', buffer: Buffer.from('ok') },
    ]);
    await files(page)
      .getByRole('alert')
      .getByText(/larger than/)
      .waitFor();
    await files(page)
      .getByRole('alert')
      .getByText(/not accepted/)
      .waitFor();
    await files(page).getByRole('progressbar').waitFor({ state: 'detached' });
    await screenshot(page, 'files');
    const deleted = page.waitForResponse(
      (response) => response.request().postData()?.includes('attachments.delete') === true,
    );
    await page.getByRole('button', { name: 'Remove ok.txt' }).click();
    expect((await deleted).status()).toBe(200);
    await say(page, 'Without');
    expect(backstage.messages[0]?.attachments).toEqual([]);
  });

  test('writes down what is said', async () => {
    const { page, backstage, complaints } = await open({ dictation: { enabled: true } });
    await page.getByLabel('Message', { exact: true }).fill('Exactly');
    await page.getByRole('button', { name: 'Dictate' }).click();
    await page.getByRole('button', { name: 'End dictation' }).click();
    await page.getByRole('button', { name: 'Dictate' }).waitFor();
    await until(
      async () =>
        (await page.getByLabel('Message', { exact: true }).inputValue()) === 'Exactly as it was said',
      'the text',
    );
    expect(backstage.recordings.map(({ media_type }) => media_type)).toEqual(['audio/webm']);
    expect(backstage.recordings[0]?.data.length).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  test('without a microphone says so', async () => {
    const { page } = await open({ dictation: { enabled: true } });
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('No microphone here'));
    });
    await page.getByRole('button', { name: 'Dictate' }).click();
    await page.getByRole('alert').getByText('No microphone here').waitFor();
    await page.getByRole('button', { name: 'Dictate' }).waitFor();
  });
});

interface Holding {
  upload?: Promise<void>;
  api?: object;
}

/** Drops or pastes a file on the composer, as the browser tells of it. */
async function give(page: Page, kind: string, name: string): Promise<void> {
  const data = await page.evaluateHandle((fileName) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['# Tea'], fileName, { type: 'text/markdown' }));
    return transfer;
  }, name);
  const field = page.getByLabel('Message', { exact: true });
  if (kind === 'drop') await field.dispatchEvent('drop', { dataTransfer: data });
  else {
    await page.evaluate((clipboardData) => {
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      document.activeElement?.dispatchEvent(event);
    }, data);
  }
}
