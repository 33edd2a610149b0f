import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterThisTest } from './cleanup';
import { LISTENERS, type AnyOptions, type Listener } from './listeners';

export type { AnyOptions, User } from './listeners';

export interface Served extends Pick<Listener, 'app' | 'close'> {
  /** Where the chat is. */
  url: string;
}

export type Adapter = (options: AnyOptions) => Promise<Served>;

/** Every adapter, by its name. */
export const ADAPTERS: Readonly<Record<string, Adapter>> = Object.fromEntries(
  Object.entries(LISTENERS).map(([name, listenerOf]) => [name, (options) => serve(listenerOf(options))]),
);

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

async function serve(chat: Listener): Promise<Served> {
  afterThisTest(() => chat.close({ timeoutMs: 0 }));
  return { url: await listen(chat), close: chat.close, app: chat.app };
}

/** A request's header, whichever adapter it came through. */
export function headerOf(request: Request | IncomingMessage, name: string): string | undefined {
  if ('socket' in request) return request.headers[name] as string | undefined;
  return request.headers.get(name) ?? undefined;
}
