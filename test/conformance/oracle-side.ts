import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Raised, Session, Side, State } from './session';
import { exactly, withIntegers } from './exactly';
import { python } from './oracle/environment';

/** Starts the reference in a process of its own. */
export async function startOracle(): Promise<Side> {
  const port = await freePort();
  const process_ = spawn(python(), [join(__dirname, 'oracle', 'server.py'), String(port)], {
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { ...process.env, TZ: 'UTC', PYTHONDONTWRITEBYTECODE: '1' },
  });
  const base = `http://127.0.0.1:${String(port)}`;
  await answering(base, process_);
  let sessions = 0;
  return {
    name: 'the reference',
    async open(without) {
      sessions += 1;
      const root = `${base}/s${String(sessions)}`;
      await control('PUT', root, without);
      return new OracleSession(root);
    },
    async close() {
      process_.kill();
      if (process_.exitCode === null) await once(process_, 'exit');
    },
  };
}

class OracleSession implements Session {
  readonly url: string;

  constructor(private readonly root: string) {
    this.url = `${root}/chatkit`;
  }

  async putScript(id: string, script: object): Promise<void> {
    await control('PUT', `${this.root}/scripts/${id}`, script);
  }

  async release(id: string): Promise<void> {
    await control('POST', `${this.root}/scripts/${id}/release`);
  }

  async outcome(id: string): Promise<Raised | null> {
    return (await control('GET', `${this.root}/scripts/${id}`)) as Raised | null;
  }

  async state(): Promise<State> {
    return (await control('GET', `${this.root}/state`)) as State;
  }

  async close(): Promise<void> {
    await control('DELETE', this.root);
  }
}

async function control(method: string, url: string, body?: unknown): Promise<unknown> {
  const init = body === undefined ? { method } : { method, body: withIntegers(JSON.stringify(body)) };
  const response = await fetch(url, { ...init, headers: { 'content-type': 'application/json' } });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${String(response.status)} ${text}`);
  return exactly(text);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function answering(base: string, oracle: ChildProcess): Promise<void> {
  for (;;) {
    if (oracle.exitCode !== null) throw new Error(`The oracle ended with ${String(oracle.exitCode)}.`);
    const answered = await fetch(`${base}/openapi.json`).then(
      (response) => response.text(),
      () => undefined,
    );
    if (answered !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
