import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Page } from 'playwright-core';
import { assistantMessage, ChatController, OnAction, OnMessage } from '../../src';
import type { CorsOptions } from '../../src/app';
import { chatkit } from '../../src/node';
import { MemoryStore } from '../../src/stores';
import { DiskAttachmentStore } from '../../src/stores/disk-attachments';
import { SECRET, temporaryDirectory } from '../attachments/support';
import { ATTACKS, talk, upload, UPLOADS, type Attack } from './attacks';
import { describeInChromium } from './chromium';
import { afterThisTest } from '../support/cleanup';
import { listen } from '../support/adapters';
import * as wire from '../support/requests';
import { until } from '../support/wait';

/** What reached the server, and what it answered. */
interface Seen {
  method: string;
  path: string;
  from: string | undefined;
  type: string | undefined;
  loggedIn: boolean;
  status: number;
}

interface Site {
  /** The chat, and a page beside it. */
  own: string;
  /** A page on another origin of the same site: its requests carry `SameSite=Lax` cookies. */
  sibling: string;
  /** A page on another site. */
  stranger: string;
  seen: Seen[];
  acted: string[];
}

async function serveSite(cors?: CorsOptions): Promise<Site> {
  const seen: Seen[] = [];
  const acted: string[] = [];

  @ChatController()
  class Controller {
    @OnMessage()
    reply() {
      acted.push('message');
      return assistantMessage('Hello!');
    }

    @OnAction('money.send', { payload: 'unchecked' })
    send() {
      acted.push('money.send');
    }
  }

  const files = new DiskAttachmentStore({
    directory: temporaryDirectory(),
    secret: SECRET,
    baseUrl: 'http://shop.localhost/chatkit',
    mode: 'direct',
    allowedTypes: ['text/*'],
  });
  const chat = chatkit({
    controllers: [Controller],
    store: new MemoryStore(),
    attachmentStore: files,
    context: (req) => (isLoggedIn(req) ? { userId: 'alice' } : null),
    owner: ({ userId }) => userId,
    ...(cors === undefined ? {} : { cors }),
  });
  const url = await listen((req, res) => {
    if (req.method === 'GET') {
      servePage(res);
      return;
    }
    res.on('close', () => {
      const { method = '', url: path = '', headers } = req;
      const { 'sec-fetch-site': from, 'content-type': type } = headers;
      const loggedIn = isLoggedIn(req);
      seen.push({ method, path, from: from!, type, loggedIn, status: res.statusCode });
    });
    chat(req, res);
  });
  const { port } = new URL(url);
  return {
    own: `http://shop.localhost:${port}`,
    sibling: `http://blog.shop.localhost:${port}`,
    stranger: `http://evil.localhost:${port}`,
    seen,
    acted,
  };
}

function servePage(res: ServerResponse): void {
  res.writeHead(200, {
    'content-type': 'text/html',
    // Each origin sets its own; only that of the shop is the chat's.
    'set-cookie': 'session=alice; SameSite=Lax; Path=/',
  });
  res.end('<!doctype html><title>A page</title>');
}

function isLoggedIn({ headers }: IncomingMessage): boolean {
  return headers.cookie?.includes('session=alice') ?? false;
}

describeInChromium('a page in a browser', (browser) => {
  /** Logs in at the chat's own page, and opens a page there or elsewhere. */
  async function open(site: Site, from: 'own' | 'sibling' | 'stranger'): Promise<Page> {
    const context = await browser().newContext();
    afterThisTest(() => context.close());
    const page = await context.newPage();
    await page.goto(site.own);
    if (from !== 'own') await page.goto(site[from]);
    return page;
  }
  const target = (site: Site) => ({
    url: `${site.own}/chatkit`,
    body: JSON.stringify(wire.create()),
  });

  /** Has a page attack; resolves with what reached the server. */
  async function attack(site: Site, page: Page, how: Attack): Promise<Seen> {
    await page.evaluate(how, target(site)).catch(() => undefined); // the page is not to see the answer
    await until(() => site.seen.length > 0, 'the request of the page');
    return site.seen[0]!;
  }

  describe.each(Object.entries(ATTACKS))('%s', (_, how) => {
    test('from another origin of the site carries the cookie, and nothing comes of it', async () => {
      const site = await serveSite();
      const seen = await attack(site, await open(site, 'sibling'), how);
      expect(seen).toMatchObject({ method: 'POST', from: 'same-site', loggedIn: true, status: 415 });
      expect(site.acted).toEqual([]);
    });

    test('from another site comes to nothing either', async () => {
      const site = await serveSite();
      const seen = await attack(site, await open(site, 'stranger'), how);
      expect(seen).toMatchObject({ method: 'POST', from: 'cross-site', loggedIn: false, status: 415 });
    });
  });

  test.each(Object.entries(UPLOADS))('%s with a file from another origin stores nothing', async (_, how) => {
    const site = await serveSite();
    const seen = await attack(site, await open(site, 'sibling'), how);
    expect(seen).toMatchObject({ path: '/chatkit/attachments', loggedIn: true, status: 403 });
  });

  test('JSON from another origin is not even sent', async () => {
    const site = await serveSite();
    const page = await open(site, 'sibling');
    await expect(page.evaluate(talk, target(site))).rejects.toThrow('Failed to fetch');
    expect(site.seen.map(({ method }) => method)).toEqual(['OPTIONS']);
    expect(site.acted).toEqual([]);
  });

  test("the chat's own page talks, uploads, and may leave out the type", async () => {
    const site = await serveSite();
    const page = await open(site, 'own');
    const [status, text] = await page.evaluate(talk, target(site));
    expect([status, text]).toEqual([200, expect.stringContaining('Hello!')]);
    expect(await page.evaluate(upload, target(site))).toEqual([200, expect.stringContaining('a.txt')]);
    await page.evaluate(ATTACKS['fetch with a blob that has no type']!, target(site));
    await page.evaluate(ATTACKS['a beacon with a blob']!, target(site));
    await until(() => site.seen.length === 4, 'the requests of the page');
    expect(site.seen.map((each) => each.status)).toEqual([200, 200, 200, 200]);
    expect(site.acted).toEqual(['message', 'message', 'message']);
  });

  test('a page whose origin `cors` allows with credentials talks and uploads', async () => {
    const origins: string[] = [];
    const site = await serveSite({ origins: (origin) => origins.includes(origin), credentials: true });
    origins.push(site.sibling);
    const page = await open(site, 'sibling');
    expect(await page.evaluate(talk, target(site))).toEqual([200, expect.stringContaining('Hello!')]);
    expect(await page.evaluate(upload, target(site))).toEqual([200, expect.stringContaining('a.txt')]);
    expect(site.acted).toEqual(['message']);
  });

  test('a page whose origin `cors` allows without credentials cannot use those of the user', async () => {
    const site = await serveSite({ origins: '*' });
    const page = await open(site, 'sibling');
    const seen = await attack(site, page, UPLOADS['fetch with a form']!);
    expect(seen).toMatchObject({ loggedIn: true, status: 403 });
    await attack(site, page, ATTACKS['fetch with bytes']!);
    await until(() => site.seen.length === 2, 'the second request of the page');
    expect(site.seen[1]).toMatchObject({ loggedIn: true, status: 415 });
    expect(site.acted).toEqual([]);
  });
});
