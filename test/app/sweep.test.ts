import 'reflect-metadata';
import { hostname } from 'node:os';
import { ChatController, createChatKit, MemoryStore, OnMessage, type Logger } from '../../src';
import type { OpenRun } from '../../src/store';
import { recordingLogger, THREAD, type LogLine } from '../pipeline/harness';

@ChatController()
class Chat {
  @OnMessage()
  reply(): void {
    // nothing is asked here
  }
}

const scope = { owner: 'alice', requestContext: undefined, signal: new AbortController().signal };
const DEAD = 2 ** 22 + 1; // beyond the largest process id

async function startOver(
  run: Omit<OpenRun, 'id' | 'thread_id'>,
): Promise<{ items: string[]; runs: number; lines: LogLine[] }> {
  const store = new MemoryStore();
  store.createThread(scope, THREAD);
  store.openRun(scope, { ...run, id: 'run_1', thread_id: THREAD.id });
  const lines: LogLine[] = [];
  const logger: Logger = recordingLogger(lines);
  const app = createChatKit({ controllers: [Chat], store, owner: 'shared', logger });
  await app.ready();
  const { data } = store.listItems(scope, THREAD.id, { limit: 10, order: 'asc' });
  return { items: data.map(({ type }) => type), runs: store.admin.listOpenRuns().length, lines };
}

const now = (): string => new Date().toISOString();

describe('the start of an app', () => {
  it('notes in its thread that a run was cut off by the end of its process', async () => {
    const { items, runs, lines } = await startOver({
      instance: `${hostname()}/${String(DEAD)}/1`,
      started_at: now(),
    });
    expect(items).toEqual(['sdk_hidden_context']);
    expect(runs).toBe(0);
    expect(lines).toMatchObject([{ level: 'warn', details: { runId: 'run_1' } }]);
  });

  it('knows an earlier process of its own number', async () => {
    const instance = `${hostname()}/${String(process.pid)}/1`;
    expect((await startOver({ instance, started_at: now() })).runs).toBe(0);
  });

  it('leaves the runs of living processes alone', async () => {
    const instance = `${hostname()}/${String(process.ppid)}/1`;
    expect(await startOver({ instance, started_at: now() })).toMatchObject({ items: [], runs: 1 });
  });

  it('leaves the runs of other machines alone while they may still go on', async () => {
    expect((await startOver({ instance: 'elsewhere/1/1', started_at: now() })).runs).toBe(1);
    expect(
      (await startOver({ instance: 'elsewhere/1/1', started_at: '2020-01-01T00:00:00.000Z' })).runs,
    ).toBe(0);
  });

  it('forgets values that have expired', async () => {
    const store = new MemoryStore();
    store.putValue(scope, 'old', 1, { expiresAt: Date.now() - 1 });
    const swept = jest.spyOn(store.admin, 'sweepValues');
    await createChatKit({ controllers: [Chat], store, owner: 'shared' }).ready();
    expect(swept).toHaveReturnedWith(1);
  });

  it('rejects ready() and answers nothing when the store cannot be started', async () => {
    const store = new MemoryStore();
    jest.spyOn(store.admin, 'migrate').mockImplementation(() => {
      throw new Error('no such disk');
    });
    const lines: LogLine[] = [];
    const app = createChatKit({
      controllers: [Chat],
      store,
      owner: 'shared',
      logger: recordingLogger(lines),
    });
    await expect(app.ready()).rejects.toThrow('no such disk');
    const request = { request: {}, readBody: jest.fn(), requestId: 'r', locale: 'en' };
    await expect(app.handle(request).answer).rejects.toThrow('no such disk');
    expect(lines).toMatchObject([{ level: 'error' }]);
  });
});
