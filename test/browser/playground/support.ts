import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Express } from 'express';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterThisTest } from '../../support/cleanup';

const ROOT = join(__dirname, '../../..');
const SOURCES = join(ROOT, 'playground');
const BUILT = join(ROOT, 'dist/playground/page/index.html');

/** Where screenshots go, for people to look at; the folder is not part of the repository. */
export const SCREENSHOTS = join(ROOT, 'coverage/playground');

/** Builds the page, unless it is newer than everything that it is made of. */
export function buildPage(): void {
  const newest = Math.max(
    ...[SOURCES, join(ROOT, 'src/client')].flatMap(filesIn).map((file) => statSync(file).mtimeMs),
  );
  try {
    if (statSync(BUILT).mtimeMs > newest) return;
  } catch {
    // it was never built
  }
  execFileSync(
    process.execPath,
    [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', 'playground', '--logLevel', 'error'],
    {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production' }, // or it would hold React for development
      stdio: 'inherit',
    },
  );
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Serves an Express application until the test is over. */
export async function serveApp(app: Express): Promise<string> {
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterThisTest(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

/** A page, and whatever it complained of: errors of scripts, and of its policy. */
export interface Opened {
  page: Page;
  complaints: string[];
}

export interface Look extends BrowserContextOptions {
  theme?: 'light' | 'dark';
}

/** Opens the playground in a browser of its own. */
export async function openPlayground(
  browser: Browser,
  url: string,
  { theme = 'light', ...look }: Look = {},
): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    colorScheme: theme,
    reducedMotion: 'reduce',
    ...look,
  });
  afterThisTest(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  return { page, complaints };
}

/** Sends a message as a user would, and waits until the answer has ended. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message', { exact: true }).fill(text);
  await page.keyboard.press('Enter');
  await idle(page);
}

/** Waits until nothing streams and nothing moves. */
export async function idle(page: Page): Promise<void> {
  await page.locator('.outgoing').waitFor({ state: 'detached' });
  await page.locator('.send-button[aria-label=Send]').waitFor();
  await page.locator('.progress').waitFor({ state: 'detached' });
  await still(page);
}

/**
 * Waits until the messages have stayed in place for some frames, for two seconds at most: they are measured after
 * they are shown, and what moves away between the press and the release of a button gets no click.
 */
export async function still(page: Page): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const places = () => JSON.stringify([...document.querySelectorAll('.messages, .messages-content > *, .w-root')]
      .map((each) => { const { x, y, width, height } = each.getBoundingClientRect(); return [x, y, width, height]; }));
    const end = performance.now() + 2000;
    let last = places(), frames = 0;
    requestAnimationFrame(function look() {
      const now = places();
      frames = now === last ? frames + 1 : 0;
      last = now;
      if (frames >= 6 || performance.now() > end) resolve();
      else requestAnimationFrame(look);
    });
  })`);
}

/** Waits until there are so many of an element: the page may show what a click has changed a moment later. */
export async function countOf(found: Locator, count: number): Promise<void> {
  if (count === 0) return found.first().waitFor({ state: 'detached' });
  await found.nth(count - 1).waitFor({ state: 'attached' });
  await found.nth(count).waitFor({ state: 'detached' });
}

export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}
