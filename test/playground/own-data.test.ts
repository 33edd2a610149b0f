import 'reflect-metadata';
import { request } from 'node:http';
import { join } from 'node:path';
import { IsString } from 'class-validator';
import {
  assistantMessage,
  ChatController,
  hiddenContext,
  OnAction,
  OnMessage,
  Payload,
  UnauthorizedError,
  type Store,
  type UserMessageItem,
} from '../../src';
import { chatkit } from '../../src/node';
import { playground, type PlaygroundOptions } from '../../src/playground';
import { MemoryStore } from '../../src/stores';
import { SqliteStore } from '../../src/stores/sqlite';
import { temporaryDirectories } from '../stores/temporary';
import { listen } from '../support/adapters';
import { userOf, threadIdOf } from '../support/chat';
import { afterThisTest } from '../support/cleanup';
import { post } from '../support/client';
import { RecordingLogger } from '../support/logger';
import * as wire from '../support/requests';
import { Latch, until } from '../support/wait';

class SelectItem {
  @IsString() id!: string;
}

const directory = temporaryDirectories();

/** Keeps back the answers to "wait". */
let gate = new Latch();

beforeEach(() => {
  gate = new Latch();
});

@ChatController()
class Controller {
  @OnMessage()
  async *reply(message: UserMessageItem | null) {
    if (message?.content[0]?.text === 'wait') await gate.opened;
    yield hiddenContext('for the model alone');
    yield assistantMessage('Hello!');
  }

  @OnAction('item.select')
  select(@Payload() { id }: SelectItem) {
    return assistantMessage(id);
  }
}

type More = Pick<PlaygroundOptions, 'users' | 'entities' | 'hosts' | 'images' | 'options'>;

async function serve(more: More = {}, store: Store = new MemoryStore()): Promise<string> {
  const chat = chatkit({
    logger: new RecordingLogger(),
    onDisconnect: 'finish',
    controllers: [Controller],
    store,
    mode: 'development',
    context: (req) => {
      const user = userOf(req);
      if (user?.userId === 'banned') throw new UnauthorizedError('You are not known here.');
      return user;
    },
    owner: ({ userId }) => userId,
  });
  afterThisTest(() => chat.close({ timeoutMs: 0 }));
  const page = playground({ ...more, chat });
  return listen((req, res) => page(req, res, () => chat(req, res)));
}

const OWN = { 'content-type': 'application/json', 'x-chatkit-playground': '1' };

const ask = (url: string, name: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${url}/playground/api/${name}`, {
    method: 'POST',
    headers: { ...OWN, ...headers },
    body: JSON.stringify(body),
  });

describe("the playground's own data", () => {
  test('names the handlers with the schemas of their payloads', async () => {
    const handlers = (await (await ask(await serve(), 'handlers', {})).json()) as unknown[];
    expect(handlers).toContainEqual(
      expect.objectContaining({
        kind: 'action',
        patterns: ['item.select'],
        where: 'Controller.select',
        payload: expect.objectContaining({ required: ['id'] }),
      }),
    );
  });

  test('shows the items of the store with those that are hidden, of the user who asks alone', async () => {
    const url = await serve();
    const alice = { 'x-user-id': 'alice' };
    const thread_id = threadIdOf(await post(url, wire.create('Hi'), { headers: alice }));
    const own = (await (await ask(url, 'items', { thread_id }, alice)).json()) as {
      thread: { id: string };
      items: { data: { type: string }[] };
    };
    expect(own.thread.id).toBe(thread_id);
    expect(own.items.data.map(({ type }) => type)).toEqual([
      'user_message',
      'hidden_context_item',
      'assistant_message',
    ]);
    expect((await ask(url, 'items', { thread_id }, { 'x-user-id': 'bob' })).status).toBe(404);
    expect((await ask(url, 'items', { thread_id })).status).toBe(401);
    expect((await ask(url, 'items', { thread_id }, { 'x-user-id': 'banned' })).status).toBe(401);
  });

  describe('tells whether an answer goes on', () => {
    const alice = { 'x-user-id': 'alice' };

    const running = async (url: string, thread_id: string, headers: Record<string, string> = alice) =>
      ((await (await ask(url, 'running', { thread_id }, headers)).json()) as { running: boolean }).running;

    /** Begins an answer that waits, hangs up, and gives its thread. */
    async function leave(url: string): Promise<string> {
      const leaving = new AbortController();
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...alice },
        body: JSON.stringify(wire.create('wait')),
        signal: leaving.signal,
      });
      const reader = response.body!.getReader();
      const thread_id = /thr_\w+/.exec(new TextDecoder().decode((await reader.read()).value))![0];
      leaving.abort();
      await reader.read().catch(() => undefined);
      return thread_id;
    }

    test('to its user alone', async () => {
      const url = await serve();
      const thread_id = await leave(url);
      expect(await running(url, thread_id)).toBe(true);
      expect(await running(url, thread_id, { 'x-user-id': 'bob' })).toBe(false);
      expect((await ask(url, 'running', { thread_id })).status).toBe(401);
      gate.open();
      await until(async () => !(await running(url, thread_id)), 'its end');
    });

    test('in another process on the same store too', async () => {
      const file = join(directory(), 'chat.db');
      const url = await serve({}, new SqliteStore(file));
      const other = await serve({}, new SqliteStore(file));
      const thread_id = await leave(url);
      await until(() => running(other, thread_id), 'the record of the run');
      expect(await running(other, thread_id, { 'x-user-id': 'bob' })).toBe(false);
      expect(await running(other, 'thr_other')).toBe(false);
      gate.open();
      await until(async () => !(await running(other, thread_id)), 'its end');
    });
  });

  test('tells why a chat does not start: what it threw, or that its store is away', async () => {
    const problemsOf = async (url: string) =>
      ((await (await ask(url, 'config', {})).json()) as { problems: unknown }).problems;
    expect(await problemsOf(await serve())).toEqual([]);
    const away = Object.assign(new MemoryStore(), {
      admin: { migrate: () => Promise.reject(new Error('The database is away.')) },
    });
    expect(await problemsOf(await serve({}, away as never))).toEqual([{ message: 'The database is away.' }]);
    let failed: unknown;
    try {
      chatkit({ controllers: [], store: new MemoryStore(), owner: 'shared', heartbeatMs: -1 });
    } catch (error) {
      failed = error;
    }
    const page = playground({ failed });
    const url = await listen((req, res) => page(req, res));
    expect(await problemsOf(url)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ fix: expect.any(String), message: expect.any(String) }),
      ]),
    );
    expect((await ask(url, 'handlers', {})).status).toBe(404);
  });

  test('the chat itself still tells nothing of them', async () => {
    const url = await serve();
    const headers = { 'x-user-id': 'alice' };
    const created = await post(url, wire.create('Hi'), { headers });
    const thread_id = threadIdOf(created);
    const listed = await post(url, { type: 'items.list', params: { thread_id } }, { headers });
    const fetched = await post(url, { type: 'threads.get_by_id', params: { thread_id } }, { headers });
    for (const { text } of [created, listed, fetched]) {
      expect(text).toContain('Hello!');
      expect(text).not.toContain('for the model alone');
    }
  });

  test('holds a widget against the handlers', async () => {
    const button = (type: string, payload: object) => ({
      type: 'Button',
      label: 'Go',
      onClickAction: { type, payload },
    });
    const widgets = [
      { type: 'Card', children: [button('item.select', { id: 'a' }), button('item.selekt', {})] },
    ];
    const report = await (await ask(await serve(), 'check', { widgets })).json();
    expect(report).toMatchObject({
      actions: [
        { action: 'item.select', handler: 'Controller.select' },
        { action: 'item.selekt', handler: null },
      ],
      problems: [{ action: 'item.selekt' }],
    });
  });

  test('renders a template as production does, and says where one is wrong', async () => {
    const url = await serve();
    const render = async (template: string, data: unknown) => {
      const definition = {
        version: '1.0',
        name: 'T',
        template,
        jsonSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
      };
      return (await (await ask(url, 'template', { definition, data })).json()) as object;
    };
    const good = '{"type":"Card","children":[{"type":"Text","value":{{ name | tojson }}}]}';
    expect(await render(good, { name: 'Ada' })).toMatchObject({
      widget: { children: [{ value: 'Ada' }] },
      report: { problems: [] },
    });
    expect(await render(good, {})).toMatchObject({
      problem: { code: 'template_data_invalid', issues: [{ path: 'name' }] },
    });
    expect(await render('{% if %}', { name: '' })).toMatchObject({
      problem: { message: expect.stringContaining('line 1') },
    });
  });

  test('finds what a user may mention', async () => {
    const url = await serve({ entities: (query) => [{ id: '1', title: `${query}!` }] });
    expect(await (await ask(url, 'entities', { query: 'Ad' })).json()).toEqual([{ id: '1', title: 'Ad!' }]);
  });
});

describe('a request that is not of its own page', () => {
  test.each([
    ['from a page of another origin', { origin: 'https://evil.example' }, 'foreign_origin'],
    ['from another site, as the browser says', { 'sec-fetch-site': 'cross-site' }, 'foreign_origin'],
    ['from a page that hides its origin', { origin: 'null' }, 'foreign_origin'],
  ])('%s is refused', async (_, headers, code) => {
    const response = await ask(await serve(), 'handlers', {}, headers);
    expect([response.status, await response.json()]).toEqual([
      403,
      { error: expect.objectContaining({ code }) },
    ]);
  });

  test('without the header of its own, or without JSON, is refused', async () => {
    const url = `${await serve()}/playground/api/handlers`;
    const bare = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(bare.status).toBe(403);
    const plain = await fetch(url, {
      method: 'POST',
      headers: { ...OWN, 'content-type': 'text/plain' },
      body: '{}',
    });
    expect(plain.status).toBe(415);
    expect((await fetch(url, { headers: OWN })).status).toBe(405);
    expect((await fetch(url, { method: 'POST', headers: OWN, body: '[]' })).status).toBe(400);
    expect(
      (
        await fetch(url, {
          method: 'OPTIONS',
          headers: { ...OWN, origin: 'https://evil.example', 'access-control-request-method': 'POST' },
        })
      ).headers.has('access-control-allow-origin'),
    ).toBe(false);
  });

  // A name of the attacker's that leads to this machine: `fetch` would not send it.
  const toHost = (url: string, host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const call = request(
        `${url}/playground/api/handlers`,
        { method: 'POST', headers: { ...OWN, host } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      call.on('error', reject);
      call.end('{}');
    });

  test.each([
    ['evil.example', 403],
    ['evil.example:80', 403],
    ['localhost.evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost:8000', 200],
    ['app.localhost', 200],
    ['127.0.0.1:9', 200],
    ['[::1]:9', 200],
    ['dev.example', 200],
  ])('to the host "%s" is answered with %d', async (host, status) => {
    expect(await toHost(await serve({ hosts: ['dev.example'] }), host)).toBe(status);
  });
});
