import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import pino from 'pino';
import { z } from 'zod';
import {
  assistantMessage,
  assistantMessageFilter,
  StartupError,
  ChatController,
  createChatKit,
  DeveloperError,
  MemoryStore,
  OnAction,
  OnMessage,
  respond,
  UseFilters,
  UseGuards,
  type ChatContext,
} from '../../src';
import { serveChat } from '../support/chat';
import { RecordingLogger } from '../support/logger';
import * as wire from '../support/requests';

const ROOT = resolve(__dirname, '../..');

/** What the failing handlers throw. */
const THROWN: [string, unknown][] = [
  ['an error', new Error('It broke.')],
  ['a text', 'It broke.'],
  ['a mistake with a fix', new DeveloperError('mistake', 'It is so.', 'Make it otherwise.')],
];
let thrown: unknown;
const fail = (): never => {
  throw thrown;
};

@ChatController()
class Failing {
  @OnMessage()
  reply(_: unknown, ctx: ChatContext) {
    ctx.log.info({}, 'replying');
    if (ctx.action === null && ctx.message?.content[0]?.text !== 'fail') return assistantMessage('Hello');
    return fail();
  }

  @OnAction('stream', { payload: 'unchecked' })
  stream(_: unknown, ctx: ChatContext) {
    ctx.log.info({}, 'streaming');
    return fail();
  }

  @OnAction('sync', { sync: true, payload: 'unchecked' })
  sync(_: unknown, ctx: ChatContext) {
    ctx.log.info({}, 'changing');
    return fail();
  }

  @OnAction('guarded', { payload: 'unchecked' })
  @UseGuards(fail)
  guarded() {
    return assistantMessage('never');
  }

  @OnAction('apologetic', { payload: 'unchecked' })
  @UseFilters(assistantMessageFilter)
  apologetic() {
    return fail();
  }

  @OnAction('schema', { payload: z.unknown().transform(fail) })
  schema() {
    return assistantMessage('never');
  }

  @OnAction('nested', { payload: 'unchecked' })
  *nested(_: unknown, ctx: ChatContext) {
    ctx.log.info({}, 'before');
    try {
      yield respond('again');
    } finally {
      ctx.log.info({}, 'after');
    }
  }
}

describe.each(THROWN)('%s that a handler throws is logged with action, class and method', (_, value) => {
  beforeEach(() => (thrown = value));

  test.each([
    ['stream', wire.act],
    ['sync', wire.actSync],
    ['guarded', wire.act],
    ['apologetic', wire.act],
    ['schema', wire.act],
  ])('%s', async (name, request) => {
    const chat = await serveChat({ controllers: [Failing] });
    const thread = await chat.newThread();
    chat.logger.lines.splice(0);
    await chat.post(request(thread, undefined, name, {}));
    expect(chat.logger.lines.length).toBeGreaterThan(0);
    for (const { details } of chat.logger.lines) {
      expect(details).toMatchObject({ action: name, where: `Failing.${name}` });
      expect(details['requestId']).toEqual(expect.any(String));
    }
  });

  test('a responder', async () => {
    const chat = await serveChat({ controllers: [Failing] });
    await chat.post(wire.create('fail'));
    for (const { details } of chat.logger.lines) expect(details).toMatchObject({ where: 'Failing.reply' });
    expect(chat.logger.messages('error')).toHaveLength(1);
  });

  test('a responder in an action: each line names the handler that wrote it', async () => {
    const chat = await serveChat({ controllers: [Failing] });
    const thread = await chat.newThread();
    chat.logger.lines.splice(0);
    await chat.post(wire.act(thread, undefined, 'nested', {}));
    const told = chat.logger.lines.map(({ message, details }) => [message, details['where']]);
    expect(told.slice(0, 3)).toEqual([
      ['before', 'Failing.nested'],
      ['replying', 'Failing.reply'],
      ['after', 'Failing.nested'],
    ]);
    expect(chat.logger.lines.every(({ details }) => details['action'] === 'nested')).toBe(true);
  });
});

test('a line names each thing once, with a logger that has children', async () => {
  thrown = new Error('It broke.');
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const chat = await serveChat({ controllers: [Failing], logger });
  const thread = await chat.newThread();
  lines.splice(0);
  await chat.post(wire.act(thread, undefined, 'stream', {}));
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    for (const key of ['action', 'where', 'requestId']) {
      expect(line.split(`"${key}":`)).toHaveLength(2);
    }
  }
});

test('a long name of an action is cut in the log', async () => {
  const chat = await serveChat({ controllers: [Failing] });
  await chat.post(wire.act(await chat.newThread(), undefined, 'x'.repeat(5000)));
  const line = chat.logger.lines.find(({ level }) => level === 'warn');
  expect(line?.details['action']).toBe(`${'x'.repeat(100)}…`);
  expect(line?.details['code']).toBe('unknown_action');
});

describe('the line at start', () => {
  const before = process.env['NODE_ENV'];
  afterEach(() => (process.env['NODE_ENV'] = before));

  function linesOf(controllers: object[], nodeEnv: string): string[] {
    process.env['NODE_ENV'] = nodeEnv;
    const logger = new RecordingLogger();
    createChatKit({ controllers, store: new MemoryStore(), owner: 'shared', logger });
    return logger.messages('info');
  }

  @ChatController('cart')
  class Cart {
    @OnAction(['add', /^buy/], { payload: 'unchecked' }) add() {
      return undefined;
    }
    @OnAction('count', { payload: 'unchecked', sync: true }) count() {
      return undefined;
    }
    @OnMessage({ tool: 'search' }) search() {
      return undefined;
    }
    @OnMessage() reply() {
      return undefined;
    }
  }

  @ChatController()
  class Hello {
    @OnMessage() reply() {
      return undefined;
    }
  }

  test('says what is mapped, in development', () => {
    expect(linesOf([Cart], 'development')).toEqual([
      'ready with 4 handlers: cart.add | /^buy/ -> Cart.add, cart.count (sync) -> Cart.count, ' +
        '@OnMessage (search) -> Cart.search, @OnMessage -> Cart.reply',
    ]);
  });

  test('counts one handler as one', () => {
    expect(linesOf([Hello], 'development')).toEqual(['ready with 1 handler: @OnMessage -> Hello.reply']);
  });

  test.each(['production', 'test'])('says nothing with NODE_ENV=%s', (nodeEnv) => {
    expect(linesOf([Cart], nodeEnv)).toEqual([]);
  });

  test('is one line, however many handlers there are', () => {
    const many = Array.from({ length: 30 }, (_, index) => {
      @ChatController(`c${String(index)}`)
      class Many {
        @OnAction('a', { payload: 'unchecked' }) a() {
          return undefined;
        }
      }
      return Many;
    });
    const [line] = linesOf([Cart, ...many], 'development');
    expect(line).toMatch(/^ready with 34 handlers: .*, and 14 more$/);
  });
});

test('a problem at start is printed once by Node', async () => {
  // "action" is no controller; its message is what to look for.
  const code = `
    const { createChatKit, MemoryStore } = require(${JSON.stringify(resolve(ROOT, 'src/index.ts'))});
    class NotDecorated {}
    createChatKit({ controllers: [NotDecorated], store: new MemoryStore(), owner: 'shared' });`;
  const run = promisify(execFile)(process.execPath, ['--import', 'tsx', '-e', code], { cwd: ROOT });
  const { stderr } = (await run.catch((error: unknown) => error)) as { stderr: string };
  expect(stderr).toContain('StartupError: The chat cannot start');
  const { problems } = startupErrorOf();
  for (const { message, fix } of problems) {
    expect(stderr.split(message)).toHaveLength(2);
    expect(stderr.split(fix)).toHaveLength(2);
  }

  function startupErrorOf(): StartupError {
    class NotDecorated {}
    try {
      createChatKit({ controllers: [NotDecorated], store: new MemoryStore(), owner: 'shared' });
    } catch (error) {
      if (error instanceof StartupError) return error;
    }
    throw new Error('It has started.');
  }
});
