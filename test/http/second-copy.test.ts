import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type * as Transformer from 'class-transformer';
import type * as Validator from 'class-validator';
import 'reflect-metadata';
import * as ours from '../../src';
import { createChatKit, MemoryStore } from '../../src';
import { chatkit as onNode } from '../../src/node';
import { ChatKitClientError, ChatKitStreamError } from '../../src/client';
import type { Class } from '../../src/metadata';
import { SqliteSetupError } from '../../src/stores/sqlite';
import { TemplateError } from '../../src/templates';
import { temporaryDirectory } from '../attachments/support';
import { serveChat } from '../support/chat';
import { post } from '../support/client';
import { listen } from '../support/adapters';
import * as wire from '../support/requests';

type Copy = typeof ours;

const ROOT = resolve(__dirname, '../..');

/** The package loaded once more, as a library that brings its own copy does. */
function loadCopy(path: string): unknown {
  let copy: unknown;
  jest.isolateModules(() => {
    copy = require(path); // eslint-disable-line @typescript-eslint/no-require-imports -- a module of its own
  });
  return copy;
}

const theirs = loadCopy('../../src') as Copy;

@ours.ChatController()
class Silent {
  @ours.OnMessage()
  reply(): void {
    // says nothing
  }
}

describe('errors of a second copy', () => {
  const errors: [string, (copy: Copy) => Error][] = [
    ['BadRequestError', (copy) => new copy.BadRequestError('No.')],
    ['UnauthorizedError', (copy) => new copy.UnauthorizedError()],
    ['ForbiddenError', (copy) => new copy.ForbiddenError()],
    ['NotFoundError', (copy) => new copy.NotFoundError('No.')],
    ['ConflictError', (copy) => new copy.ConflictError('No.')],
    ['PayloadTooLargeError', (copy) => new copy.PayloadTooLargeError('No.')],
    ['UnsupportedMediaTypeError', (copy) => new copy.UnsupportedMediaTypeError('No.')],
    ['InvalidPayloadError', (copy) => new copy.InvalidPayloadError([])],
    ['UnavailableError', (copy) => new copy.UnavailableError('No.')],
    ['CustomStreamError', (copy) => new copy.CustomStreamError('No.')],
    ['StreamError', (copy) => new copy.StreamError()],
    ['ChatError', (copy) => new copy.ChatError('No.', 418, 'teapot')],
    ['DeveloperError', (copy) => new copy.DeveloperError('mistake', 'It is so.', 'Make it otherwise.')],
    ['StartupError', (copy) => new copy.StartupError([])],
    ['ActionDefinitionError', (copy) => new copy.ActionDefinitionError('invalid_definition', 'No.')],
  ];
  const named = Object.fromEntries(errors);

  test('are those of every error that the package exports', () => {
    const exported = Object.keys(ours).filter((name) => name.endsWith('Error'));
    expect(exported.filter((name) => !(name in named))).toEqual([]);
  });

  test.each(errors)('%s is known by instanceof, and is of no other class', (name, make) => {
    const error = make(theirs);
    const classes = errors.map(([each]) => [each, ours[each as 'ChatError']] as const);
    const known = classes.filter(([, type]) => error instanceof (type as Class)).map(([each]) => each);
    const own = make(ours);
    expect(known).toEqual(classes.filter(([, type]) => own instanceof (type as Class)).map(([each]) => each));
    expect(known).toContain(name);
    expect(Object.getPrototypeOf(error)).not.toBe(Object.getPrototypeOf(own)); // there are two copies
  });

  test('those of other entry points are known too', () => {
    const client = loadCopy('../../src/client') as { ChatKitClientError: typeof ChatKitClientError };
    expect(new client.ChatKitClientError('not_found', 'No.')).toBeInstanceOf(ChatKitClientError);
    expect(new client.ChatKitClientError('not_found', 'No.')).not.toBeInstanceOf(ChatKitStreamError);
    const sqlite = loadCopy('../../src/stores/sqlite') as { SqliteSetupError: typeof SqliteSetupError };
    expect(new sqlite.SqliteSetupError('sqlite_driver_missing', 'No.')).toBeInstanceOf(SqliteSetupError);
    const templates = loadCopy('../../src/templates') as { TemplateError: typeof TemplateError };
    expect(new templates.TemplateError('template_invalid', 'No.')).toBeInstanceOf(TemplateError);
  });

  test('classes of the application are compared as usual', () => {
    class Sold extends ours.ConflictError {}
    class Gone extends ours.ConflictError {}
    expect(new Sold('No.')).toBeInstanceOf(Sold);
    expect(new Sold('No.')).toBeInstanceOf(ours.ChatError);
    expect(new Sold('No.')).not.toBeInstanceOf(Gone);
    expect(new theirs.ConflictError('No.')).not.toBeInstanceOf(Sold);
    for (const value of [null, undefined, 'No.', 5, {}, new Error('No.')]) {
      expect(value).not.toBeInstanceOf(ours.ChatError);
    }
  });

  test('are answered as those of the own copy, in streams, sync actions and over HTTP', async () => {
    const throwing = (error: Error) => () => {
      throw error;
    };
    @theirs.ChatController()
    class Controller {
      @theirs.OnMessage()
      reply() {
        throw new theirs.CustomStreamError('Sold out.', { allowRetry: true });
      }
      @theirs.OnAction('a', { sync: true, payload: 'unchecked' })
      act() {
        throw new theirs.ConflictError('Taken.');
      }
    }
    const chat = await serveChat({ controllers: [Controller] });
    const { events } = await chat.post(wire.create());
    expect(events.at(-1)).toEqual({ type: 'error', code: 'custom', message: 'Sold out.', allow_retry: true });
    const thread = await chat.newThread();
    const reply = await chat.post(wire.actSync(thread, undefined, 'a', {}));
    expect([reply.status, reply.json['error'].message]).toEqual([409, 'Taken.']);
    const refused = await serveChat({
      controllers: [Controller],
      context: throwing(new theirs.ForbiddenError('You are banned.')),
    });
    expect((await refused.post(wire.create())).json['error'].message).toBe('You are banned.');
  });

  test('a mistake of the application is logged with its fix', async () => {
    @theirs.ChatController()
    class Controller {
      @theirs.OnMessage()
      reply() {
        throw new theirs.DeveloperError('mistake', 'It is so.', 'Make it otherwise.');
      }
    }
    const chat = await serveChat({ controllers: [Controller] });
    await chat.post(wire.create());
    expect(chat.logger.lines.filter(({ level }) => level === 'error')).toMatchObject([
      { message: 'It is so. Make it otherwise.', details: { code: 'mistake', where: 'Controller.reply' } },
    ]);
  });
});

test('a filter and a store of a second copy fit: the log names the handler, what is not there is 404', async () => {
  @ours.ChatController()
  @ours.UseFilters(theirs.errorEventFilter)
  class Controller {
    @ours.OnMessage()
    reply() {
      throw new Error('It broke.');
    }
  }
  const chat = await serveChat({ controllers: [Controller], store: new theirs.MemoryStore() });
  await chat.post(wire.create());
  expect(chat.logger.lines.filter(({ level }) => level === 'error')).toMatchObject([
    { details: { where: 'Controller.reply' } },
  ]);
  expect((await chat.post(wire.getThread('thr_nothing'))).status).toBe(404);
});

test('the adapter of one copy serves the app of another', async () => {
  const app = theirs.createChatKit<IncomingMessage>({
    controllers: [Silent],
    store: new MemoryStore(),
    owner: 'shared',
  });
  const url = await listen(onNode(app));
  expect((await post(url, wire.listThreads())).status).toBe(200);
});

describe('a DTO that a second copy decorates', () => {
  /** A package in a `node_modules` of its own. */
  function copyOf(name: string, scope = ''): unknown {
    const modules = join(temporaryDirectory(), 'node_modules', scope);
    mkdirSync(modules, { recursive: true });
    for (const needed of ['validator', 'libphonenumber-js']) {
      symlinkSync(join(ROOT, 'node_modules', needed), join(modules, needed), 'junction');
    }
    cpSync(join(ROOT, 'node_modules', name), join(modules, name), { recursive: true });
    return createRequire(join(modules, 'main.js'))(join(modules, name));
  }
  const transformer = copyOf('class-transformer') as typeof Transformer;
  const validator = copyOf('class-validator') as typeof Validator;
  const fork = copyOf('class-transformer', '@nestjs') as typeof Transformer;

  const problemsOf = (dto: Class): string[] => {
    @ours.ChatController()
    class Controller {
      @ours.OnAction('a', { payload: dto })
      act() {
        return undefined;
      }
    }
    try {
      createChatKit({ controllers: [Controller, Silent], store: new MemoryStore(), owner: 'shared' });
      return [];
    } catch (error) {
      return (error as ours.StartupError).problems.map(({ code, message }) => `${code}: ${message}`);
    }
  };

  const decorators: [string, (copy: typeof transformer) => PropertyDecorator][] = [
    ['@Exclude', (copy) => copy.Exclude()],
    ['@Expose', (copy) => copy.Expose({ name: 'admin' })],
    ['@Transform', (copy) => copy.Transform(({ value }) => value as unknown)],
    ['@Type', (copy) => copy.Type(() => Date)],
  ];

  test.each(decorators)('of class-transformer with %s is found at start', (_, decorator) => {
    class Base {
      @validator.Allow() @decorator(transformer) isAdmin?: boolean;
    }
    class Dto extends Base {}
    expect(problemsOf(Base)).toEqual([
      expect.stringMatching(/^second_class_transformer: Base .*\(.*class-transformer\)/),
    ]);
    expect(problemsOf(Dto)).toEqual([expect.stringContaining('second_class_transformer: Dto')]);
  });

  test.each(decorators)('of a fork of class-transformer with %s is found too', (_, decorator) => {
    class Dto {
      @validator.Allow() @decorator(fork) isAdmin?: boolean;
    }
    expect(problemsOf(Dto)).toEqual([expect.stringContaining('@nestjs')]);
  });

  test.each(decorators)('of the same copy with %s is none', (_, decorator) => {
    class Dto {
      @validator.Allow() @decorator(jest.requireActual('class-transformer')) isAdmin?: boolean;
    }
    expect(problemsOf(Dto)).toEqual([]);
  });

  test('of class-validator is checked all the same: its rules are global', async () => {
    class Dto {
      @validator.IsString() @validator.Length(2, 5) name!: string;
    }
    @ours.ChatController()
    class Controller {
      @ours.OnAction('a', { payload: Dto, sync: true })
      act() {
        return undefined;
      }
    }
    const chat = await serveChat({ controllers: [Controller, Silent] });
    const thread = await chat.newThread();
    expect((await chat.post(wire.actSync(thread, undefined, 'a', { name: 'x' }))).status).toBe(422);
    expect((await chat.post(wire.actSync(thread, undefined, 'a', { name: 'Ada' }))).status).toBe(200);
  });
});
