import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChatKit, type AttachmentStore, type Logger, type Store, type StoreScope } from '../../src';
import { chatkit, type ChatKitListener } from '../../src/node';
import { serialiseAttachment } from '../../src/protocol';
import { exactly } from './exactly';
import { CancelledHook, scriptedControllers } from './controller';
import type { Hook, Json, JsonObject } from './language';
import { Script } from './script';
import type { Raised, ScriptText, Session, Side, State } from './session';

const SHARED: StoreScope = {
  owner: 'shared',
  requestContext: undefined,
  signal: new AbortController().signal,
};

const SILENT: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Serves ours on a port of its own, each session with an app and a store of its own. */
export async function startOurs(
  name: string,
  createStore: () => Store,
  mode: 'development' | 'production' = 'production',
): Promise<Side> {
  const sessions = new Map<string, OurSession>();
  const server = createServer((req, res) => {
    const session = sessions.get((req.url ?? '').split('/')[1] ?? '');
    if (session === undefined) res.writeHead(404).end();
    else session.listener(req, res);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  let opened = 0;
  return {
    name,
    async open(without) {
      opened += 1;
      const id = `s${String(opened)}`;
      const url = `http://127.0.0.1:${String(port)}/${id}/chatkit`;
      const session = new OurSession(url, `/${id}/chatkit`, watched(createStore()), without, mode, () =>
        sessions.delete(id),
      );
      sessions.set(id, session);
      return session;
    },
    close: () => closed(server),
  };
}

class OurSession implements Session {
  readonly listener: ChatKitListener<Script>;
  private readonly scripts = new Map<string, Script>();
  private readonly log: Json[] = [];
  private readonly times = new Map<string, string>();

  constructor(
    readonly url: string,
    path: string,
    private readonly watched: Watched,
    without: Hook[],
    mode: 'development' | 'production',
    private readonly onClose: () => void,
  ) {
    const options = {
      store: watched.store,
      ...(without.includes('attachments') ? {} : { attachmentStore: TWO_PHASE_UPLOADS }),
      context: (req: IncomingMessage) => this.scripts.get(String(req.headers['x-script'])),
      owner: 'shared' as const,
      mode,
      logger: SILENT,
      heartbeatMs: 0,
    };
    const controllers = scriptedControllers(without);
    const plain = chatkit<Script>(createChatKit({ ...options, controllers }), { path });
    const cancelling = chatkit<Script>(
      createChatKit({ ...options, controllers: [...controllers, CancelledHook] }),
      { path },
    );
    // Where nothing is said about cancellation there must be no hook, so that the default is seen.
    const serve = (req: IncomingMessage, res: Parameters<typeof plain>[1]): void => {
      const script = this.scripts.get(String(req.headers['x-script']));
      (script?.settings.cancelled === undefined ? plain : cancelling)(req, res);
    };
    this.listener = Object.assign(serve, {
      app: plain.app,
      registry: () => plain.registry(),
      health: () => plain.health(),
      close: async () => {
        await plain.close();
        await cancelling.close();
      },
    });
  }

  async putScript(id: string, text: ScriptText): Promise<void> {
    this.scripts.set(id, new Script(text, this.log, this.times));
  }

  async release(id: string): Promise<void> {
    this.scripts.get(id)?.release();
  }

  async outcome(): Promise<Raised | null> {
    while (this.watched.openRuns.size > 0) await new Promise((resolve) => setImmediate(resolve));
    return null;
  }

  async state(): Promise<State> {
    const { store, attachments } = this.watched;
    const all = { limit: 1000, order: 'asc' as const };
    const threads: unknown[] = [];
    for (const thread of (await store.listThreads(SHARED, all)).data) {
      const { metadata, ...shown } = thread; // what is the application's own keeps its nulls
      threads.push({
        ...withoutNulls(shown),
        metadata,
        items: (await store.listItems(SHARED, thread.id, all)).data,
      });
    }
    const kept: unknown[] = [];
    for (const id of attachments) {
      const attachment = await store.loadAttachment(SHARED, id);
      const { metadata } = attachment;
      kept.push({ ...(JSON.parse(serialiseAttachment(attachment)) as object), metadata });
    }
    return plainJson({ threads, attachments: kept, log: this.log.splice(0) }) as unknown as State;
  }

  async close(): Promise<void> {
    await this.listener.close();
    await this.watched.store.admin?.close();
    this.onClose();
  }
}

interface Watched {
  store: Store;
  openRuns: Set<string>;
  attachments: Set<string>;
}

/** A store of which it is known which runs are open and which attachments there are. */
function watched(store: Store): Watched {
  const openRuns = new Set<string>();
  const attachments = new Set<string>();
  const noted: Partial<Store> = {
    async openRun(scope, run) {
      await store.openRun(scope, run);
      openRuns.add(run.id);
    },
    async closeRun(scope, id) {
      await store.closeRun(scope, id);
      openRuns.delete(id);
    },
    async saveAttachment(scope, attachment) {
      await store.saveAttachment(scope, attachment);
      attachments.add(attachment.id);
    },
    async deleteAttachment(scope, id) {
      await store.deleteAttachment(scope, id);
      attachments.delete(id);
    },
  };
  const proxy = new Proxy(store, {
    get(target, key) {
      if (key === 'isVolatile') return false; // runs are known by their records
      const value: unknown = Reflect.get(key in noted ? noted : target, key);
      return typeof value === 'function' ? (value.bind(key in noted ? noted : target) as unknown) : value;
    },
  });
  return { store: proxy, openRuns, attachments };
}

let uploads = 0;

/** As the oracle's: the bytes follow by PUT. */
const TWO_PHASE_UPLOADS: AttachmentStore = {
  createAttachment(_, { name, size, mime_type }) {
    uploads += 1;
    const id = `atc_${String(uploads).padStart(32, '0')}`;
    const base = {
      id,
      name,
      mime_type,
      metadata: { size },
      upload_descriptor: {
        url: `https://files.example/${id}`,
        method: 'PUT' as const,
        headers: { 'x-size': String(size) },
      },
    };
    return mime_type.startsWith('image/')
      ? { ...base, type: 'image', preview_url: `https://files.example/${id}/preview` }
      : { ...base, type: 'file' };
  },
  deleteAttachment: () => undefined,
};

function withoutNulls(value: object): object {
  const text = JSON.stringify(value, (_, field: unknown) => field ?? undefined);
  return JSON.parse(text) as object;
}

function plainJson(value: unknown): JsonObject {
  return exactly(JSON.stringify(value)) as JsonObject;
}

async function closed(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
