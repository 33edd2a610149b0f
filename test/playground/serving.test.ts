import 'reflect-metadata';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestListener } from 'node:http';
import express from 'express';
import express4 from 'express4';
import { assistantMessage, ChatController, OnMessage } from '../../src';
import { chatkit as onExpress } from '../../src/express';
import { chatkit as onFetch } from '../../src/fetch';
import { chatkit as onNode } from '../../src/node';
import { playground, type PlaygroundOptions } from '../../src/playground';
import { MemoryStore } from '../../src/stores';
import { hosted } from '../support/fetch-host';
import { listen } from '../support/adapters';
import { post } from '../support/client';
import { RecordingLogger } from '../support/logger';
import * as wire from '../support/requests';

@ChatController()
class Controller {
  @OnMessage()
  reply() {
    return assistantMessage('Hello!');
  }
}

const options = (mode: 'development' | 'production' = 'development') => ({
  controllers: [Controller],
  store: new MemoryStore(),
  owner: 'shared' as const,
  mode,
  logger: new RecordingLogger(),
});

type More = Partial<PlaygroundOptions>;
type Mode = 'development' | 'production';

const withExpress =
  (make: typeof express, order: 'before' | 'after') =>
  (more: More = {}, mode?: Mode): RequestListener => {
    const app = make();
    const chat = onExpress(options(mode));
    const page = playground({ ...more, chat });
    if (order === 'before') app.use('/chatkit/playground', page);
    app.use('/chatkit', chat);
    if (order === 'after') app.use('/chatkit/playground', page);
    return app;
  };

const HOSTS: Record<string, (more?: More, mode?: Mode) => RequestListener> = {
  'Express 5, before the chat': withExpress(express, 'before'),
  'Express 5, after the chat': withExpress(express, 'after'),
  'Express 4, after the chat': withExpress(express4, 'after'),
  'node:http': (more, mode) => {
    const chat = onNode(options(mode));
    const page = playground({ ...more, chat });
    return (req, res) => page(req, res, () => chat(req, res));
  },
  fetch: (more, mode) => {
    const chat = onFetch(options(mode));
    const page = playground({ ...more, chat });
    return hosted(async (request) => (await page.fetch(request)) ?? chat(request));
  },
};

/** A page to serve, where none was built: what is in it does not matter here. */
beforeAll(() => {
  const folder = join(__dirname, '../../dist/playground/page');
  if (existsSync(join(folder, 'index.html'))) return;
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<div id="root"></div>');
});

const ask = (url: string, name: string, body: unknown = {}, headers: Record<string, string> = {}) =>
  fetch(`${url}/playground/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-chatkit-playground': '1', ...headers },
    body: JSON.stringify(body),
  });

describe.each(Object.entries(HOSTS))('through %s', (_, host) => {
  test('the page is there, under a policy that lets it load nothing from elsewhere', async () => {
    const url = await listen(host());
    const response = await fetch(`${url}/playground/`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toContain('<div id="root">');
    const policy = response.headers.get('content-security-policy');
    for (const rule of [
      "default-src 'self'",
      "img-src 'self' data: blob:",
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'self'",
    ]) {
      expect(policy?.split('; ')).toContain(rule);
    }
    expect(policy).not.toContain('unsafe');
  });

  test('without its slash it leads there, by a relative address and with the query', async () => {
    const url = await listen(host());
    const response = await fetch(`${url}/playground?thread=a/b`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([308, 'playground/?thread=a/b']);
  });

  test('the chat beside it answers as ever', async () => {
    const url = await listen(host());
    const { events } = await post(url, wire.create('Hi'));
    expect(events.at(-1)).toMatchObject({ type: 'thread.item.done', item: { type: 'assistant_message' } });
  });

  test('it tells its own page what it was told', async () => {
    const url = await listen(
      host({ options: { startScreen: { greeting: 'Ahoy' } }, images: ['cdn.example'] }),
    );
    expect(await (await ask(url, 'config')).json()).toEqual({
      instance: expect.any(String),
      problems: [],
      inspects: true,
      options: { startScreen: { greeting: 'Ahoy' } },
      users: {},
      images: ['cdn.example'],
      hasEntities: false,
    });
  });

  test('in production it is not there, unless it was asked for', async () => {
    const off = await listen(host({}, 'production'));
    expect((await fetch(`${off}/playground/`)).ok).toBe(false);
    expect((await ask(off, 'config')).ok).toBe(false);
    const on = await listen(host({ enabled: true }, 'production'));
    expect((await fetch(`${on}/playground/`)).status).toBe(200);
  });

  test('what is not there is told', async () => {
    const url = await listen(host());
    expect((await fetch(`${url}/playground/assets/none.js`)).status).toBe(404);
    expect((await fetch(`${url}/playground/../../package.json`)).ok).toBe(false);
    expect((await fetch(`${url}/playground/%2e%2e/%2e%2e/package.json`)).ok).toBe(false);
    expect((await ask(url, 'nothing')).status).toBe(404);
    expect((await fetch(`${url}/playground/`, { method: 'DELETE' })).status).toBe(405);
  });
});

test('origins of a foreign chat, of uploads and of images are let through, and no others', async () => {
  const page = playground({
    api: 'https://chat.example:8443/api/chat?x=1',
    uploads: ['https://files.example/bucket'],
    images: ['*.cdn.example'],
  });
  const url = await listen((req, res) => page(req, res));
  const policy = (await fetch(`${url}/playground/`)).headers.get('content-security-policy');
  expect(policy).toContain("connect-src 'self' https://chat.example:8443 https://files.example;");
  expect(policy).toContain('https://*.cdn.example');
  expect(await (await ask(url, 'config')).json()).toMatchObject({
    api: 'https://chat.example:8443/api/chat?x=1',
    inspects: false,
  });
  expect((await ask(url, 'handlers')).status).toBe(404);
});
