import 'reflect-metadata';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { SqliteStore } from 'chatkit-controllers/sqlite';
import { urlOf } from './address';
import { createQuickstart } from './app';

/** How long running answers may take when the server is to stop, in milliseconds. */
const PATIENCE = 5_000;

async function main(): Promise<void> {
  const port = portFrom(process.env['PORT']);
  const host = hostFrom(process.env['HOST']);
  const store = openStore(process.env['DATA_DIR']);
  const { app, chat } = createQuickstart(store);
  await chat.app.ready();

  const server = createServer(app);
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new StartError(whyNotListening(error, host, port), { cause: error });
  }
  const chatUrl = `${urlOf(host, port)}/chatkit`;
  console.log(`ChatKit quickstart: ${chatUrl}\nSee and click it:   ${chatUrl}/playground/`);

  const stop = async (): Promise<void> => {
    clearInterval(watch);
    const closed = once(server, 'close');
    server.close();
    await chat.close({ timeoutMs: PATIENCE });
    // What is written by now gets out; who keeps a connection open for later is not waited for.
    setTimeout(() => server.closeAllConnections(), 500).unref();
    await closed;
    store.close();
  };
  // Once: a second Ctrl-C ends the process as it always does.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  const watch = whenNpmIsGone(() => void stop());
}

/** A signal to `npm start` ends npm and its shell, and most shells do not pass it on. */
function whenNpmIsGone(stop: () => void): NodeJS.Timeout | undefined {
  if (process.env['npm_lifecycle_event'] !== 'start') return undefined;
  const shell = process.ppid;
  return setInterval(() => {
    if (process.ppid !== shell) stop();
  }, 100).unref();
}

/** The server cannot start, and the user can do something about it. */
class StartError extends Error {}

function portFrom(text = '8000'): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new StartError(`PORT is "${text}": give a number from 1 to 65535.`);
  }
  return port;
}

/** This machine alone, unless it is told otherwise: the quickstart takes the user's name from a header, unchecked. */
function hostFrom(text = ''): string {
  return text === '' ? '127.0.0.1' : text;
}

function openStore(directory = '.data'): SqliteStore {
  try {
    return new SqliteStore(join(directory, 'chat.db'));
  } catch (error) {
    throw new StartError(
      `The store in "${directory}" cannot be opened: ${String(error)}\nDATA_DIR must be a directory that can be written to.`,
      { cause: error },
    );
  }
}

function whyNotListening(error: unknown, host: string, port: number): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return `Port ${String(port)} is taken. Stop what is using it, or choose another: PORT=8001 npm start`;
  }
  if (code === 'EACCES') return `Port ${String(port)} needs privileges. Choose one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `HOST is "${host}": this machine has no such address. Leave it out to listen for this machine alone, or set it to 0.0.0.0 for all.`;
  }
  return `The server cannot listen on port ${String(port)}: ${String(error)}`;
}

main().catch((error: unknown) => {
  console.error(error instanceof StartError ? error.message : error);
  process.exitCode = 1;
});
