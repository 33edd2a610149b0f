import { createChatKit, SERVED, type ChatKitApp, type ChatKitOptions } from '../../app';
import type { RequestContext } from '../../context';
import { MemoryStore } from '../../stores';
import { countedIds } from '../counted-ids';
import { RecordedLog } from '../recorded-log';
import { Backend } from './backend';
import type { TestChatOptions, TestClientOptions, TestTime, TestUser } from './options';
import { TestChat } from './test-chat';

const TEST_USER = 'test-user';

/** Wraps an app of `createChatKit`. If the app has a `context`, it reads the option `headers`. */
export function testChat<TContext extends RequestContext = RequestContext>(
  app: ChatKitApp<Request, TContext>,
  options?: TestClientOptions<TContext>,
): TestChat<TContext>;
/**
 * A chat for tests: an app in memory, without a server or port, and a user who talks to it. Takes the options
 * of the app; all but `controllers` are optional.
 *
 * Without `context`, a request comes from the test's `user`, whose `userId` is the owner. An app's own
 * `context` is called with the fetch `Request`, which carries the option `headers`.
 *
 * @throws StartupError like the app
 *
 * @example
 * const chat = testChat({ controllers: [new ItemController(items)] });
 * const hello = await chat.send('hello');
 * assert.deepEqual(hello.messages, ['What would you like?']);
 * const selected = await chat.action(selectItem, { id: 'item_2' }); // from the list that was shown
 * assert.equal(selected.replaced[0]?.id, hello.widgets[0]?.id);
 */
export function testChat<TContext extends RequestContext = RequestContext>(
  options: TestChatOptions<TContext>,
): TestChat<TContext>;
export function testChat<TContext extends RequestContext>(
  given: ChatKitApp<Request, TContext> | TestChatOptions<TContext>,
  options: TestClientOptions<TContext> = {},
): TestChat<TContext> {
  const users = new WeakMap<Request, TestUser<TContext>>();
  if (SERVED in given) {
    const { store } = given[SERVED].services;
    return chatOf(new Backend({ app: given, options, logs: [], users, store }));
  }
  const log = new RecordedLog(given.printErrors ?? true);
  const all = appOptions(given, log, users);
  const app = createChatKit(all);
  return chatOf(new Backend({ app, options: given, logs: log.lines, users, store: all.store }));
}

function chatOf<TContext>(backend: Backend<TContext>): TestChat<TContext> {
  return new TestChat(backend, backend.options.user ?? TEST_USER);
}

function appOptions<TContext>(
  { now, ...options }: TestChatOptions<TContext>,
  logger: RecordedLog,
  users: WeakMap<Request, TestUser<TContext>>,
): ChatKitOptions<Request, TContext> {
  return {
    store: new MemoryStore(),
    context: (request) => contextOf(users.get(request)),
    owner: userIdOf,
    logger,
    ...(options.ids === 'counted' ? { generateId: countedIds() } : {}),
    ...options,
    ...(now === undefined ? {} : { now: clockOf(now) }),
  };
}

function clockOf(now: TestTime | (() => TestTime)): () => number {
  return () => new Date(typeof now === 'function' ? now() : now).getTime();
}

/** The result of the default `context`. */
function contextOf<TContext>(user: TestUser<TContext> | undefined): TContext {
  return (typeof user === 'string' ? { userId: user } : user) as TContext;
}

function userIdOf(context: unknown): string | undefined {
  const { userId } = (context ?? {}) as { userId?: string };
  return userId;
}
