import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { messageOf } from '../../errors';
import { defineCommand } from '../command';
import { UsageError } from '../usage-error';
import { readHeaders } from './read-headers';

const USAGE = `Usage: chatkit-controllers playground --url <url> [options]

Serves the playground on this machine for any ChatKit backend, for example one in Python. The command
forwards the requests, so the backend needs no CORS, and headers stay out of the browser. Ctrl-C stops it.

Options:
  --url <url>               the backend, e.g. http://localhost:8000/chatkit
  --port <number>           the port of the page; 8001 by default, 0 for a free one
  --header "<name>: <text>" is sent with every request, e.g. "Authorization: Bearer …"; may be given several times
  --json                    print the URLs as one JSON document

Exit codes: 0 the command was stopped, 2 it could not start.
`;

const DEFAULT_PORT = '8001';

export const playground = defineCommand({
  name: 'playground',
  summary: ['playground --url <url>', 'serves the playground for any ChatKit backend'],
  usage: USAGE,
  options: {
    url: { type: 'string' },
    port: { type: 'string' },
    header: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  },
  async run({ url, port = DEFAULT_PORT, header = [], json }, _, { print, style }) {
    const backend = { url: backendOf(url), headers: readHeaders(header) };
    const portNumber = portOf(port);
    const { PAGE_PATH, playgroundServer } = await import('./server.js'); // loaded on demand: only this command needs it
    const server = playgroundServer(backend);
    const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    server.listen(portNumber, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch (error) {
      throw new UsageError(
        `Port ${port} cannot be listened on: ${messageOf(error)} Choose another with --port.`,
      );
    }
    const page = `http://localhost:${String((server.address() as AddressInfo).port)}${PAGE_PATH}/`;
    print(
      json === true
        ? `${JSON.stringify({ page, url })}\n`
        : `Playground: ${style.strong(page)}\nBackend:    ${url ?? ''}\n`,
    );
    await stopped;
    server.closeAllConnections();
    return { code: 0, stdout: '', stderr: '' };
  },
});

function backendOf(url: string | undefined): URL {
  if (url === undefined) throw new UsageError('Name the backend with --url.');
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new UsageError(`"${url}" is not the URL of a backend: use one like http://localhost:8000/chatkit.`);
  }
  return parsed;
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new UsageError(`--port is "${text}": give a number up to 65535.`);
  return port;
}
