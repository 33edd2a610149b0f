import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import express from 'express';
import express4 from 'express4';
import type { ChatKitApp, ChatKitOptions } from '../../src/app';
import { chatkit as onExpress } from '../../src/express';
import { chatkit as onFetch } from '../../src/fetch';
import { chatkit as onNode } from '../../src/node';
import { afterThisTest } from './cleanup';

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
  return serveListener(
    Object.assign((req: IncomingMessage, res: ServerResponse) => void adapt(chat, req, res), {
      app: chat.app,
      close: chat.close,
    }),
  );
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

/** A host for a `(Request) => Response` function, as Hono's for Node. */
async function adapt(
  chat: (request: Request) => Promise<Response>,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const controller = new AbortController();
  res.on('close', () => controller.abort());
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) headers.set(name, String(value));
  const hasBody = req.method === 'POST' || req.method === 'PUT';
  const request = new Request(`http://localhost${req.url ?? '/'}`, {
    method: req.method ?? 'GET',
    headers,
    signal: controller.signal,
    ...(hasBody ? { body: Readable.toWeb(req) as ReadableStream, duplex: 'half' } : {}),
  });
  const response = await chat(request);
  if (!req.complete) res.setHeader('connection', 'close'); // what was not read is not the next request
  res.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) {
    res.end();
    return;
  }
  const reader = response.body.getReader();
  res.on('close', () => void reader.cancel().catch(() => undefined));
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (!res.write(part.value)) await drained(res);
    }
    res.end();
  } catch {
    res.destroy(); // the stream was broken off
  }
}

function drained(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = (): void => {
      res.off('drain', settle).off('close', settle);
      resolve();
    };
    res.on('drain', settle).on('close', settle);
  });
}

/** A request's header, whichever door it came through. */
export function headerOf(request: Request | IncomingMessage, name: string): string | undefined {
  if ('socket' in request) return request.headers[name] as string | undefined;
  return request.headers.get(name) ?? undefined;
}
