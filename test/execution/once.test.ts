import { RunContext, type HandlerResult, type WidgetSigner } from '../../src/context';
import { ChatController, OnAction } from '../../src/decorators';
import { generateId } from '../../src/store';
import { MemoryStore } from '../../src/stores';
import { failure, handlerOf, progress, recordingLogger, texts, thread } from './support';

/** Says of every signature what the test wants. */
function signerSaying(fields: readonly string[], expiresAt?: number): WidgetSigner {
  return { sign: (component) => component, verify: () => ({ fields, expiresAt }) };
}

function storeWithThread(): MemoryStore {
  const store = new MemoryStore();
  store.createThread({ owner: 'ada', requestContext: {}, signal: new AbortController().signal }, thread);
  return store;
}

function click(store: MemoryStore, payload: unknown, signer?: WidgetSigner): RunContext {
  const ctx = new RunContext(
    {
      operation: 'threads.custom_action',
      requestId: 'req_1',
      requestContext: {},
      owner: 'ada',
      locale: 'en',
      metadata: {},
    },
    { store, logger: recordingLogger(), generateId, signer },
  );
  ctx.thread = thread;
  ctx.action = { type: 'pay', payload };
  return ctx;
}

/** A handler for one use, that does as it is told. */
function payHandler(method: (ctx: RunContext) => HandlerResult) {
  @ChatController()
  class Controller {
    @OnAction('pay', { once: true, payload: 'unchecked' })
    pay(_: unknown, ctx: RunContext) {
      return method(ctx);
    }
  }
  return handlerOf(Controller, { signing: true });
}

const stopped = new Error('The client has left.');

describe('a button for one use', () => {
  const done = payHandler(() => progress('paid'));

  it('stays used when the run was stopped, whatever its handler throws then', async () => {
    const store = storeWithThread();
    const handler = payHandler((ctx) => {
      ctx.lifetime.abort(stopped);
      throw new Error('too late');
    });
    for (const run of [(ctx: RunContext) => texts(handler, ctx), (ctx: RunContext) => handler.call(ctx)]) {
      const payload = { run: String(run) };
      expect(await failure(() => run(click(store, payload)))).toMatchObject({ message: 'too late' });
      expect(await failure(() => texts(done, click(store, payload)))).toMatchObject({ code: 'already_used' });
    }
  });

  it('is given free, and its handler not called, when the run is stopped while it is claimed', async () => {
    const store = storeWithThread();
    const ctx = click(store, {});
    const put = store.putValue.bind(store);
    jest.spyOn(store, 'putValue').mockImplementationOnce((...args) => {
      ctx.lifetime.abort(stopped);
      return put(...args);
    });
    const called = jest.fn();
    expect(await failure(() => texts(payHandler(called), ctx))).toBe(stopped);
    expect(called).not.toHaveBeenCalled();
    expect(await texts(done, click(store, {}))).toEqual(['paid']);
  });

  it('is the same however its widget lists the fields', async () => {
    const store = storeWithThread();
    const payload = { a: 1, b: 2, $signature: 'x' };
    expect(await texts(done, click(store, payload, signerSaying(['a', 'b'])))).toEqual(['paid']);
    expect(await failure(() => texts(done, click(store, payload, signerSaying(['b', 'a']))))).toMatchObject({
      code: 'already_used',
    });
    expect(await texts(done, click(store, payload, signerSaying(['a'])))).toEqual(['paid']);
  });

  it('is forgotten a day after its signature has expired, and never without one that expires', async () => {
    const store = storeWithThread();
    const put = jest.spyOn(store, 'putValue');
    const expiry = Date.now() + 1000;
    const payload = { a: 1, $signature: 'x' };
    await texts(done, click(store, payload, signerSaying(['a'], expiry)));
    await texts(done, click(store, { b: 1 }));
    expect(put.mock.calls.map(([, , , options]) => options?.expiresAt)).toEqual([
      expiry + 24 * 3_600_000,
      undefined,
    ]);
  });
});
