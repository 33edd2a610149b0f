import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterThisTest } from '../../support/cleanup';
import { createApp } from './chat';
import { describeInChromium } from '../chromium';
import { buildPage, idle, openPlayground, say, serveApp } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

/** A proxy that knows the app as `/apps/one`, takes that off the path, and passes on everything else. */
async function proxyTo(target: string): Promise<string> {
  const prefix = '/apps/one';
  const server = createServer((req, res) => {
    const { url = '', method, headers } = req;
    if (!url.startsWith(`${prefix}/`)) {
      res.writeHead(404).end();
      return;
    }
    const passed = forward(target + url.slice(prefix.length), { method, headers }, (answer) => {
      res.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(res);
    });
    res.on('close', () => passed.destroy());
    passed.on('error', () => res.destroy());
    req.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterThisTest(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${prefix}`;
}

describeInChromium('behind a proxy that takes a prefix off the path', (browser) => {
  test('the page, its data and the chat are found, and answers stream', async () => {
    const { app, backstage } = createApp();
    const url = await proxyTo(await serveApp(app));
    const { page, complaints } = await openPlayground(browser(), `${url}/chatkit/playground?panel=handlers`);
    expect(page.url()).toBe(`${url}/chatkit/playground/?panel=handlers`);
    await page.getByRole('button', { name: /test\.refused/ }).waitFor();
    await page.getByLabel('Message', { exact: true }).fill('slow');
    await page.keyboard.press('Enter');
    await page.getByText('The first half,').first().waitFor();
    backstage.gate.open();
    await page.getByText('and the second.').first().waitFor();
    await idle(page);
    await say(page, 'Hello');
    await page.reload();
    await page.getByText('You said: Hello').first().waitFor();
    await page.getByRole('button', { name: 'Widget gallery' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(complaints).toEqual([]);
  });
});
