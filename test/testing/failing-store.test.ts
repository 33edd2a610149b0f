import { MemoryStore } from '../../src/stores';
import { SqliteStore } from '../../src/stores/sqlite';
import { countedIds, failingStore, interfere, testChat } from '../../src/testing';
import { RecordingLogger } from '../support/logger';
import { Shop, signing } from './shop';

const stores: [string, () => MemoryStore | SqliteStore][] = [
  ['MemoryStore', () => new MemoryStore()],
  ['SqliteStore', () => new SqliteStore(':memory:')],
];

const chatOn = (store: MemoryStore | SqliteStore) =>
  testChat({ controllers: [new Shop()], signing, store, logger: new RecordingLogger() });

describe.each(stores)('failingStore of a %s', (_, create) => {
  it('fails at the call that is named, and at no other', async () => {
    const store = failingStore(create(), { saveItem: 2 });
    const chat = chatOn(store);
    const { error, items } = await chat.send('hello');
    expect(error).toMatchObject({ code: 'stream.error' });
    expect(items.map(({ type }) => type)).toEqual(['user_message']);
    expect((await chat.send('again')).messages).toHaveLength(1);
    expect(store.calls.filter(({ method }) => method === 'saveItem')).toHaveLength(5);
    await chat.close();
  });

  it('fails at several calls, or at all; what the test reads does not fail and does not count', async () => {
    const store = failingStore(create(), { createThread: [1, 3], listItems: 'always' });
    const chat = chatOn(store);
    await expect(chat.send('hello')).rejects.toMatchObject({ status: 500 });
    expect((await chat.send('hello')).items).toHaveLength(3);
    await expect(chat.newThread().send('hello')).rejects.toMatchObject({ status: 500 });
    await chat.close();
  });

  it('fails with an error of yours, and after the work where the answer of a commit is lost', async () => {
    const failure = new Error('disk full');
    const store = failingStore(create(), { saveItem: 2 }, { error: failure, afterwards: true });
    const { error, items } = await chatOn(store).send('hello');
    expect(error).toBeDefined();
    expect(items.map(({ type }) => type)).toContain('assistant_message');
  });
});

it('says which call failed, where it is given no error', async () => {
  const store = failingStore(new MemoryStore(), { loadThread: 1 });
  const scope = { owner: 'a', requestContext: undefined, signal: new AbortController().signal };
  await expect(async () => store.loadThread(scope, 'thr_1')).rejects.toThrow(
    'The store fails as the test specifies: loadThread, call 1.',
  );
});

it('is one kind of interference: another waits before each call', async () => {
  const store = interfere(new MemoryStore(), async (_, proceed) => {
    await new Promise((resolve) => setImmediate(resolve));
    return proceed();
  });
  expect((await chatOn(store).send('hello')).items).toHaveLength(3);
  expect(store.calls.length).toBeGreaterThan(3);
});

it('counts ids, each kind for itself', () => {
  const ids = countedIds();
  expect([ids('message'), ids('widget'), ids('message'), ids('sdk_hidden_context')]).toEqual([
    'msg_1',
    'wgt_1',
    'msg_2',
    'shcx_1',
  ]);
});
