import type { IncomingMessage, RequestListener } from 'node:http';
import express from 'express';
import express4 from 'express4';
import type { ChatKitApp, ChatKitOptions } from '../../src/app';
import { chatkit as onExpress } from '../../src/express';
import { chatkit as onFetch } from '../../src/fetch';
import { chatkit as onNode } from '../../src/node';
import { hosted } from './fetch-host';

export interface User {
  userId: string;
}

/** Options for any adapter: `context` sees whichever request that adapter has. */
export type AnyOptions = ChatKitOptions<Request | IncomingMessage, User>;

/** A chat as a server of `node:http` takes it. */
export type Listener = RequestListener & {
  app: Pick<ChatKitApp<never, User>, 'as' | 'registry' | 'health'>;
  close(options?: { timeoutMs?: number }): Promise<void>;
};

const throughExpress =
  (make: typeof express, parse: boolean) =>
  (options: AnyOptions): Listener => {
    const app = make();
    if (parse) app.use(make.json({ limit: '20mb' }));
    const chat = onExpress(options);
    app.use('/chatkit', chat);
    app.use('/chatkit/playground', (_, res) => void res.send('playground'));
    return Object.assign(app as unknown as RequestListener, chat);
  };

const throughFetch = (options: AnyOptions): Listener => {
  const chat = onFetch(options);
  return Object.assign(hosted(chat), { app: chat.app, close: chat.close });
};

/** Every adapter, by its name, still without a server. Of use in processes that run no tests. */
export const LISTENERS: Readonly<Record<string, (options: AnyOptions) => Listener>> = {
  'node:http': (options) => onNode(options),
  'Express 5': throughExpress(express, false),
  'Express 4': throughExpress(express4, false),
  'Express 5 behind express.json()': throughExpress(express, true),
  'Express 4 behind express.json()': throughExpress(express4, true),
  fetch: throughFetch,
};
