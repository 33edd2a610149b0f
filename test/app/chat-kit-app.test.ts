import type { IncomingMessage } from 'node:http';
import { expectTypeOf } from 'expect-type';
import * as root from '../../src';
import { createChatKit, type ChatKitApp } from '../../src';
import { SERVED } from '../../src/app';
import { chatkit as onFetch } from '../../src/fetch';
import { chatkit as onNode } from '../../src/node';

type Documented =
  | 'ready'
  | 'as'
  | 'registry'
  | 'check'
  | 'cleanUpAttachments'
  | 'cleanUpThreads'
  | 'exportOwner'
  | 'eraseOwner'
  | 'health'
  | 'close';

function newApp(): ChatKitApp<IncomingMessage> {
  return createChatKit<IncomingMessage>({
    controllers: [Silent],
    store: new root.MemoryStore(),
    owner: 'shared',
  });
}

@root.ChatController()
class Silent {
  @root.OnMessage()
  reply(): void {
    // says nothing
  }
}

test('an app has the documented methods, and nothing that takes a lock and leaves it to the caller', async () => {
  expectTypeOf<Exclude<keyof ChatKitApp, typeof SERVED>>().toEqualTypeOf<Documented>();
  const app = newApp();
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(app)).filter((it) => it !== 'constructor');
  expect(methods.sort()).toEqual([
    ...['as', 'check', 'cleanUpAttachments', 'cleanUpThreads', 'close'],
    ...['eraseOwner', 'exportOwner', 'health', 'ready', 'registry'],
  ]);
  expect(Object.keys(app)).not.toContain('handle');
  expect(Object.values(root)).not.toContain(Object.getPrototypeOf(app).constructor);
  await app.close();
});

test('an adapter serves the app that it is given, which has to take its requests', async () => {
  const app = newApp();
  expect(onNode(app).app).toBe(app);
  // @ts-expect-error `context` of this app takes requests of Node
  expect(onFetch(app).app).toBe(app);
  await app.close();
});
