import { pino } from 'pino';
import { childLogger, consoleLogger, type Logger } from '../../src/context';
import { makeContext, recordingLogger, type LogLine } from '../pipeline/harness';

describe('a logger', () => {
  it('may be pino as it is, and every line carries the request id', () => {
    const lines: Record<string, unknown>[] = [];
    const logger: Logger = pino(
      {},
      { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) },
    );
    childLogger(logger, { requestId: 'req_1' }).warn({ fields: ['a'] }, 'dropped');
    expect(lines).toMatchObject([{ level: 40, requestId: 'req_1', fields: ['a'], msg: 'dropped' }]);
  });

  it('without child() gets the request id with each line', () => {
    const lines: LogLine[] = [];
    const log = childLogger(recordingLogger(lines), { requestId: 'req_1' });
    log.debug({}, 'a');
    log.info({}, 'b');
    log.warn({ x: 1 }, 'c');
    log.error({}, 'd');
    expect(lines.map(({ level }) => level)).toEqual(['debug', 'info', 'warn', 'error']);
    expect(lines[2]).toEqual({ level: 'warn', details: { requestId: 'req_1', x: 1 }, message: 'c' });
  });

  it('writes all but `debug` to the console by default', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const error = jest.spyOn(console, 'error').mockImplementation();
    const info = jest.spyOn(console, 'info').mockImplementation();
    const debug = jest.spyOn(console, 'debug').mockImplementation();
    consoleLogger.debug({}, 'a');
    consoleLogger.info({}, 'b');
    consoleLogger.warn({ x: 1 }, 'c');
    consoleLogger.error({ y: 2 }, 'd');
    expect(warn.mock.calls).toEqual([['chatkit: c', { x: 1 }]]);
    expect(error.mock.calls).toEqual([['chatkit: d', { y: 2 }]]);
    expect(info.mock.calls).toEqual([['chatkit: b', {}]]);
    expect(debug).not.toHaveBeenCalled();
    jest.restoreAllMocks();
  });
});

describe('the context', () => {
  it('logs with its request and operation', () => {
    const lines: LogLine[] = [];
    makeContext(undefined, lines).log.info({}, 'hello');
    expect(lines[0]?.details).toEqual({ requestId: 'req_1', operation: 'threads.add_user_message' });
  });

  it('says so where an operation has no thread', () => {
    const ctx = makeContext();
    const bare = Object.create(ctx, { threadMetadata: { value: undefined } }) as typeof ctx;
    expect(() => bare.thread).toThrow('has no thread');
  });

  it('aborts a signal that was asked for before as well as after', () => {
    const early = makeContext();
    const { signal } = early;
    early.lifetime.abort(new Error('gone'));
    early.lifetime.abort(new Error('again'));
    expect(signal.reason).toMatchObject({ message: 'gone' });
    const late = makeContext();
    late.lifetime.abort(new Error('gone'));
    expect(late.signal.aborted).toBe(true);
    expect(late.aborted).toBe(true);
  });

  it('is shared by a responder on another message: thread, signal and depth', () => {
    const ctx = makeContext();
    const child = ctx.withMessage({ id: 'm' } as never);
    const grandchild = child.withMessage({ id: 'n' } as never);
    child.thread.title = 'T';
    child.lifetime.abort(new Error('gone'));
    expect(ctx.thread.title).toBe('T');
    expect(ctx.signal.aborted).toBe(true);
    expect([ctx.depth, child.depth, grandchild.depth]).toEqual([0, 1, 2]);
    expect([ctx.message, child.message?.id]).toEqual([null, 'm']);
  });
});

describe("the context's store", () => {
  it('is bound to the owner', async () => {
    const ctx = makeContext();
    const { store } = ctx;
    const item = {
      id: 'i',
      thread_id: ctx.thread.id,
      created_at: ctx.thread.created_at,
      type: 'end_of_turn' as const,
    };
    expect(await store.saveItem(item)).toBe(1);
    expect(await store.loadItem(ctx.thread.id, 'i')).toEqual({ item, version: 1 });
    expect((await store.listItems(ctx.thread.id, { limit: 5, order: 'asc' })).data).toEqual([item]);
    await store.deleteItem(ctx.thread.id, 'i');
    expect((await store.listThreads({ limit: 5, order: 'asc' })).data).toHaveLength(1);
    expect(await store.patchThread(ctx.thread.id, { title: 'T' })).toMatchObject({ title: 'T' });
    expect(await store.loadThread(ctx.thread.id)).toMatchObject({ title: 'T' });
    expect(await store.putValue('k', { a: 1 }, { ifVersion: 0 })).toBe(1);
    expect(await store.putValue('k', { a: 2 }, { ifVersion: 0 })).toBeUndefined();
    expect(await store.getValue('k')).toEqual({ value: { a: 1 }, version: 1 });
    await store.deleteValue('k');
    expect(await store.getValue('k')).toBeUndefined();
    const attachment = { id: 'a', name: 'f', mime_type: 'text/plain', type: 'file' as const };
    await store.saveAttachment(attachment);
    expect(await store.loadAttachment('a')).toEqual(attachment);
    expect(store.generateId('message')).toMatch(/^msg_/);
  });
});
