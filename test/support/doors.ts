import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import express4 from 'express4';
import type { ChatKitApp, ChatKitOptions } from '../../src/app';
import { chatkit as onExpress } from '../../src/express';
import { chatkit as onFetch } from '../../src/fetch';
import { chatkit as onNode } from '../../src/node';
import { afterThisTest } from './cleanup';
import { hosted } from './fetch-host';

export interface Served {
  /** Where the chat is. */
  url: string;
  close(options?: { timeoutMs?: number }): Promise<void>;
  app: Pick<ChatKitApp<never, User>, 'as' | 'catalogue'>;
}

export interface User {
  userId: string;
}

/** Options for any door: `context` sees whichever request that door has. */
export type AnyOptions = ChatKitOptions<Request | IncomingMessage, User>;

export type Door = (options: AnyOptions) => Promise<Served>;

const node: Door = async (options) => serveListener(onNode(options));

const throughExpress =
  (make: typeof express, parse: boolean): Door =>
  async (options) => {
    const app = make();
    if (parse) app.use(make.json({ limit: '20mb' }));
    const chat = onExpress(options);
    app.use('/chatkit', chat);
    app.use('/chatkit/playground', (_, res) => void res.send('playground'));
    return serveListener(Object.assign(app as unknown as RequestListener, chat));
  };

const fetchDoor: Door = async (options) => {
  const chat = onFetch(options);
  return serveListener(Object.assign(hosted(chat), { app: chat.app, close: chat.close }));
};

/** Every door, by its name. */
export const DOORS: Readonly<Record<string, Door>> = {
  'node:http': node,
  'Express 5': throughExpress(express, false),
  'Express 4': throughExpress(express4, false),
  'Express 5 behind express.json()': throughExpress(express, true),
  'Express 4 behind express.json()': throughExpress(express4, true),
  fetch: fetchDoor,
};

/** Listens on a free port until the test is over. */
export async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterThisTest(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/chatkit`;
}

async function serveListener(chat: RequestListener & Omit<Served, 'url'>): Promise<Served> {
  afterThisTest(() => chat.close({ timeoutMs: 0 }));
  return { url: await listen(chat), close: chat.close, app: chat.app };
}

/** A request's header, whichever door it came through. */
export function headerOf(request: Request | IncomingMessage, name: string): string | undefined {
  if ('socket' in request) return request.headers[name] as string | undefined;
  return request.headers.get(name) ?? undefined;
}
