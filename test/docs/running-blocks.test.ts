import 'reflect-metadata';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import * as http from 'node:http';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import express, { type Express } from 'express';
import { StartupError, createChatKit, MemoryStore, type StartupProblem } from 'chatkit-controllers';
import { ChatKitClient, userMessage } from '../samples/chatkit-client';
import { codeBlocks, PAGES, ROOT, type CodeBlock } from './code-blocks';
import { runBlock } from './run-block';

const blocks = PAGES.flatMap(codeBlocks).filter(({ language }) => language === 'ts');
const titled = (chosen: CodeBlock[]): [string, CodeBlock][] =>
  chosen.map((block) => [`${block.page}:${String(block.line)}`, block]);

/** As `require` in a block: other blocks of its page, and packages. */
function requireFor(block: CodeBlock): (name: string) => unknown {
  return (name) => {
    if (name === 'node:http') return { ...http, createServer: serverWithoutPort };
    if (!name.startsWith('./')) return jest.requireActual(name);
    const file = `${name.slice('./'.length).replace(/\.js$/, '')}.ts`;
    const other = blocks.find((each) => each.page === block.page && each.file === file);
    return runBlock(other!, requireFor(other!));
  };
}

/** A page listens on the port that it names, which may be taken here. */
function serverWithoutPort(listener: http.RequestListener): Server {
  const server = createServer(listener);
  return Object.assign(server, { listen: () => server });
}

describe("the pages' controllers", () => {
  // Where the paths of templates in the pages lead to.
  const elsewhere = process.cwd();
  const project = mkdtempSync(join(tmpdir(), 'pages-'));
  beforeAll(() => {
    mkdirSync(join(project, 'widgets'));
    for (const file of ['samples/from-studio/widgets/booking.widget', 'test/fixtures/templates/order.widget'])
      copyFileSync(join(ROOT, file), join(project, 'widgets', basename(file)));
    process.chdir(project);
  });
  afterAll(() => {
    process.chdir(elsewhere);
    rmSync(project, { recursive: true });
  });

  const withControllers = blocks.filter(
    ({ code, page }) => code.includes('@ChatController') && page !== 'README.md',
  );

  it.each(titled(withControllers))('pass the startup checks: %s', (_, block) => {
    const classes = Object.values(runBlock(block, requireFor(block))).filter(
      (value): value is new () => object => typeof value === 'function' && /^class\b/.test(String(value)),
    );
    // Not every example has a responder, and none of them keys.
    const problems = startupProblems(classes.map((type) => new type())).filter(
      ({ code }) => code !== 'no_responder' && code !== 'signed_without_keys',
    );
    expect(problems).toEqual([]);
  });
});

/** What is wrong with controllers; a page may also export none, and startup its own. */
function startupProblems(controllers: object[]): readonly StartupProblem[] {
  if (controllers.length === 0) return [];
  try {
    createChatKit({ controllers, store: new MemoryStore(), owner: 'shared' });
    return [];
  } catch (error) {
    if (error instanceof StartupError) return error.problems;
    throw error;
  }
}

describe("README's example", () => {
  let server: Server;
  let client: ChatKitClient;

  beforeAll(async () => {
    const [example] = blocks.filter(({ page }) => page === 'README.md');
    let app: Express | undefined;
    runBlock(example!, (name) => {
      if (name !== 'express') return jest.requireActual(name);
      return () => {
        app = express();
        return Object.assign(app, { listen: () => undefined });
      };
    });
    server = createServer(app).listen(0);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    client = new ChatKitClient(`http://127.0.0.1:${String(port)}/chatkit`, { 'x-user-id': 'ada' });
  });

  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  it('does what it says', async () => {
    const created = await client.stream('threads.create', { input: userMessage('Hello') });
    const types = (events: { type: string }[]): string[] => events.map(({ type }) => type);
    expect(types(created)).toEqual([
      'thread.created',
      'thread.item.done',
      'stream_options',
      'thread.item.done',
      'thread.item.done',
    ]);
    const select = (id: string) =>
      client.stream('threads.custom_action', {
        thread_id: created[0]!.thread.id,
        item_id: created.at(-1)!.item.id,
        action: { type: 'item.select', payload: { id } },
      });
    expect(await select('item_2')).toMatchObject([
      { type: 'stream_options' },
      { type: 'thread.item.replaced', item: { widget: { type: 'ListView' } } },
      { type: 'thread.item.done', item: { content: [{ text: 'Selected item_2. What next?' }] } },
      { type: 'client_effect', name: 'selection_mode', data: { itemId: 'item_2' } },
    ]);
    expect(await select('item_9')).toMatchObject([
      { type: 'stream_options' },
      { type: 'error', message: expect.stringContaining('no such button') },
    ]);
  });

  it('keeps the threads of users apart', async () => {
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/chatkit`;
    const other = new ChatKitClient(url, { 'x-user-id': 'bob' });
    expect((await client.json('threads.list', {})).data).toHaveLength(1);
    expect((await other.json('threads.list', {})).data).toEqual([]);
  });
});
