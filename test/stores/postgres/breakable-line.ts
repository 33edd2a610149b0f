import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';

export interface BreakableLine {
  readonly url: string;
  breakAll(): void;
  /** What is sent from now on over the present connections never arrives, as with a machine that is gone. */
  silenceAll(): void;
  /** Breaks all connections, and every new one until `restore()`. */
  cut(): void;
  restore(): void;
  close(): Promise<void>;
}

/** A way to the server that breaks as a network does: without a word. */
export async function breakableLine(url: string): Promise<BreakableLine> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer({ allowHalfOpen: true }, (near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connectTo(url);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => undefined).on('close', () => sockets.delete(one));
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const silenceAll = (): void => {
    for (const socket of sockets) socket.unpipe().pause();
  };
  const path = /^\w+:\/\/([^@/]*@)?[^/]*\/([^?]*)/.exec(url);
  return {
    url: `postgres://${path?.[1] ?? ''}127.0.0.1:${String(port)}/${path?.[2] ?? ''}`,
    breakAll,
    silenceAll,
    cut: () => {
      isCut = true;
      breakAll();
    },
    restore: () => (isCut = false),
    close: async () => {
      breakAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function connectTo(url: string): Socket {
  const { hostname, port, searchParams } = new URL(url.replace('@/', '@localhost/'));
  const directory = searchParams.get('host');
  if (directory?.startsWith('/') === true) return connect(join(directory, '.s.PGSQL.5432'));
  return connect(Number(port === '' ? 5432 : port), directory ?? hostname);
}
