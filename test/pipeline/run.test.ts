import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { of } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { CustomStreamError, StreamError, UnavailableError } from '../../src/errors';
import type { EventDraft, HandlerEvent } from '../../src/context';
import {
  added,
  assistantMessage,
  assistantMessageStream,
  clientEffect,
  done,
  hiddenContext,
  progress,
  remove,
  updated,
  replace,
  respond,
} from '../../src/events';
import type { ThreadItem } from '../../src/protocol';
import type { Store, StoreScope } from '../../src/store';
import { MemoryStore } from '../../src/stores';
import { PersistentStore } from '../support/persistent-store';
import { asyncStore, FakeSink, makeContext, start, THREAD, until } from './harness';

const never = new Promise<never>(() => undefined);

/** The lines of the diagram in docs/architecture.md, by their names. */
function drawn(): Record<'source' | 'emitted' | 'gate' | 'deliver', string> {
  const page = readFileSync(join(__dirname, '../../docs/architecture.md'), 'utf8');
  const lines = page.matchAll(/^(source|emitted|gate|deliver) +([^ ]+) /gm);
  return Object.fromEntries(Array.from(lines, ([, name, marbles]) => [name, marbles])) as ReturnType<
    typeof drawn
  >;
}

describe('a run, in marbles', () => {
  it('merges what is pulled and what is emitted, and ends with its handler, as the architecture draws it', () => {
    const { source, emitted, gate, deliver } = drawn();
    const LETTERS: Record<string, string> = {
      stream_options: 'o',
      'thread.item.added': 'r',
      progress_update: 'p',
      'thread.item.done': 'd',
      error: 'E',
    };
    const drafts: Record<string, EventDraft> = {
      r: added({ type: 'assistant_message', id: 'm', content: [] }),
      d: assistantMessage('done'),
    };
    const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));
    const sent: [frame: number, event: string][] = [];
    let late: Promise<void> | undefined;
    scheduler.run(({ cold }) => {
      class TimedSink extends FakeSink {
        override write(text: string): void {
          const { type } = JSON.parse(text) as { type: string };
          sent.push([scheduler.now(), LETTERS[type] ?? type]);
        }
        override end(): void {
          if (!this.closed) sent.push([scheduler.now(), '|']);
          super.end();
        }
      }
      const sink = new TimedSink();
      const { ctx } = start(() => undefined, {
        sink,
        plan: { source: () => cold(source.replace('x', '#'), drafts) },
      });
      cold(`${'-'.repeat(gate.indexOf('_'))}h`).subscribe(() => sink.gate.hold());
      cold(`${'-'.repeat(gate.lastIndexOf('_') + 1)}o`).subscribe(() => sink.gate.release());
      cold(emitted.replace('|', '-')).subscribe(() => void ctx.emit(progress('half')));
      cold(`${'-'.repeat(emitted.length)}p`).subscribe(() => {
        late = ctx.emit(progress('late'));
      });
    });
    // A group is of one frame: that of its bracket.
    const group = deliver.indexOf('(');
    const expected = Array.from(deliver, (letter, frame) => [Math.min(frame, group), letter] as const);
    expect(sent).toEqual(expected.filter(([, letter]) => /[a-zE|]/.test(letter)));
    expect(sent).toHaveLength(6);
    return expect(late).rejects.toMatchObject({ code: 'run_ended' });
  });
});

describe.each([
  ['at once', () => new MemoryStore()],
  ['later', () => asyncStore(new MemoryStore())],
])('events of a run whose store answers %s', (_, newStore) => {
  it('are looked through for promises only where they are not written when they are handed on', async () => {
    const drafts = [assistantMessage('a'), progress('b'), assistantMessage('c')];
    const refused = { ...clientEffect('never'), data: { promise: Promise.resolve(1) } };
    const looked = new Set<unknown>();
    const spy = jest.spyOn(Object, 'getOwnPropertyDescriptor').mockImplementation((value, key) => {
      looked.add(value);
      return Reflect.getOwnPropertyDescriptor(value as object, key);
    });
    const run = start(
      async function* () {
        yield* drafts;
        yield refused;
      },
      { store: newStore() },
    );
    await until(run.finished);
    spy.mockRestore();
    expect(run.sink.types.slice(0, 4)).toEqual(['stream_options', ...drafts.map(({ type }) => type)]);
    expect(drafts.filter((draft) => looked.has(draft))).toEqual([]);
    expect(looked.has(refused)).toBe(true);
  });
});

describe('a run', () => {
  it('begins with stream_options, ends with its handler, and gives its lock back before the response ends', async () => {
    const sink = new FakeSink();
    const order: string[] = [];
    const end = sink.end.bind(sink);
    sink.end = () => {
      order.push('the response ends');
      end();
    };
    const plan = { onFinish: () => void order.push('the lock is given back') };
    start(() => [assistantMessage('a'), clientEffect('b')], { sink, plan });
    expect(sink.types).toEqual(['stream_options', 'thread.item.done', 'client_effect']);
    await until(() => sink.closed);
    expect(order).toEqual(['the lock is given back', 'the response ends']);
  });

  it('keeps a record of itself in the store while it lasts', async () => {
    const store = new PersistentStore();
    let records = 0;
    const { finished } = start(
      async function* () {
        records = store.admin.listOpenRuns({ limit: 9 }).data.length;
        yield clientEffect('a');
      },
      { store },
    );
    await until(finished);
    expect(records).toBe(1);
    expect(store.admin.listOpenRuns({ limit: 9 }).data).toEqual([]);
  });

  it('keeps none in a store that is gone with the process', async () => {
    const store = new MemoryStore();
    const open = jest.spyOn(store, 'openRun');
    const close = jest.spyOn(store, 'closeRun');
    const { finished, sink } = start(() => [clientEffect('a')], { store });
    await until(finished);
    expect(sink.types).toEqual(['stream_options', 'client_effect']);
    expect(open).not.toHaveBeenCalled();
    expect(close).not.toHaveBeenCalled();
  });

  it.each([
    ['in memory', () => new MemoryStore()],
    ['that takes its time', () => asyncStore(new MemoryStore())],
  ])('stores what it sends, on a store %s', async (_, make) => {
    const { sink, finished, items } = start(
      async function* () {
        yield assistantMessageStream(['Hel', 'lo']);
        yield hiddenContext('secret');
        yield clientEffect('x');
      },
      { store: make() },
    );
    await until(finished);
    expect(sink.types).toEqual([
      'stream_options',
      'thread.item.added',
      'thread.item.updated',
      'thread.item.updated',
      'thread.item.updated',
      'thread.item.updated',
      'thread.item.done',
      'client_effect',
    ]);
    expect((await items()).map(({ type }) => type)).toEqual(['assistant_message', 'hidden_context_item']);
    expect(JSON.stringify(sink.events)).not.toContain('secret');
  });

  it.each([
    [
      new CustomStreamError('Too bad.', { allowRetry: true }),
      { code: 'custom', message: 'Too bad.', allow_retry: true },
    ],
    [new StreamError('stream.error'), { code: 'stream.error', allow_retry: true }],
    [new Error('internal details'), { code: 'stream.error', allow_retry: true }],
  ])('turns %s into an error event, then tells of the thread', async (error, expected) => {
    const { sink, finished } = start(async function* (ctx) {
      yield assistantMessage('a');
      ctx.thread.title = 'T';
      throw error;
    });
    await until(finished);
    expect(sink.types).toEqual(['stream_options', 'thread.item.done', 'error', 'thread.updated']);
    expect(sink.events[2]).toEqual({ type: 'error', ...expected });
  });

  it('answers over HTTP when nothing was sent and the store fails', async () => {
    const store = new MemoryStore();
    jest.spyOn(store, 'saveItem').mockImplementation(() => {
      throw new Error('disk full');
    });
    const { sink, finished } = start(() => assistantMessage('a'), {
      store,
      plan: { prelude: () => [assistantMessage('first')] },
    });
    await until(finished);
    expect(sink.events).toEqual([]);
    expect(sink.failures).toMatchObject([{ message: 'disk full' }]);
  });

  it('ends with an error event when the store fails later, and stops the handler', async () => {
    const store = new MemoryStore();
    jest.spyOn(store, 'saveItem').mockImplementation(() => {
      throw new Error('disk full');
    });
    let stopped = false;
    const { sink, finished } = start(
      async function* () {
        try {
          yield clientEffect('a');
          yield assistantMessage('b');
          yield clientEffect('never');
        } finally {
          stopped = true;
        }
      },
      { store },
    );
    await until(finished);
    expect(sink.types).toEqual(['stream_options', 'client_effect', 'error']);
    expect(stopped).toBe(true);
  });

  it('ends with an error event when it takes too long', async () => {
    const { sink, finished, ctx } = start(() => never, { settings: { maxRunTime: 20, cancelGrace: 10 } });
    await until(finished);
    expect(sink.types).toEqual(['stream_options', 'error']);
    expect(ctx.signal.aborted).toBe(true);
  });
});

describe('a run whose client has left', () => {
  async function* talking(): AsyncGenerator<HandlerEvent> {
    yield assistantMessageStream(
      (async function* () {
        yield 'So far';
        await never;
      })(),
    );
  }

  it('keeps the text that there is, notes the cut for the model, and aborts the signal', async () => {
    const { run, sink, finished, items, ctx } = start(talking);
    await until(() => sink.events.length === 4);
    run.disconnected();
    await until(finished);
    const stored = await items();
    expect(stored.map(({ type }) => type)).toEqual(['assistant_message', 'sdk_hidden_context']);
    expect(stored[0]).toMatchObject({ content: [{ type: 'output_text', text: 'So far', annotations: [] }] });
    expect(ctx.signal.aborted).toBe(true);
  });

  it('keeps no message without text', async () => {
    const { run, finished, items, sink } = start(() =>
      assistantMessageStream(
        (async function* () {
          await never;
          yield '';
        })(),
      ),
    );
    await until(() => sink.events.length >= 2);
    run.disconnected();
    await until(finished);
    expect((await items()).map(({ type }) => type)).toEqual(['sdk_hidden_context']);
  });

  it('leaves it to @OnStreamCancelled what to do with pending items', async () => {
    let given: ThreadItem[] = [];
    const { run, finished, items, sink } = start(talking, {
      plan: {
        cancelled: async (pending) => {
          given = pending;
        },
      },
    });
    await until(() => sink.events.length === 4);
    run.disconnected();
    await until(finished);
    expect(given).toMatchObject([{ type: 'assistant_message', content: [{ text: 'So far' }] }]);
    expect(await items()).toEqual([]);
  });

  it('waits for the finally blocks before it gives the lock back', async () => {
    const seen: string[] = [];
    const { run, finished } = start(
      async function* () {
        try {
          yield clientEffect('a');
          await new Promise((resolve) => setTimeout(resolve, 5));
          yield clientEffect('b');
        } finally {
          await new Promise((resolve) => setTimeout(resolve, 5));
          seen.push('finally');
        }
      },
      { settings: { cancelGrace: 1_000 } },
    );
    run.disconnected();
    expect(finished()).toBe(false);
    await until(finished);
    expect(seen).toEqual(['finally']);
  });

  it('abandons a handler that hangs, after the grace, and says so', async () => {
    const { run, finished, lines } = start(() => never, { settings: { cancelGrace: 10 } });
    run.disconnected();
    await until(finished);
    expect(lines).toMatchObject([{ level: 'warn', message: 'a handler did not stop and was abandoned' }]);
  });

  it('logs what a finally block throws, and ends all the same', async () => {
    const { run, finished, lines } = start(async function* () {
      try {
        yield clientEffect('a');
        await new Promise((resolve) => setTimeout(resolve, 5));
        yield clientEffect('b');
      } finally {
        // eslint-disable-next-line no-unsafe-finally
        throw new Error('in finally');
      }
    });
    run.disconnected();
    await until(finished);
    expect(lines).toMatchObject([{ level: 'error', details: { err: { message: 'in finally' } } }]);
  });

  it('goes on to its end where runs are to finish', async () => {
    const sink = new FakeSink();
    let leave: () => void = () => undefined;
    const left = new Promise<void>((resolve) => (leave = resolve));
    const { run, finished, items, ctx } = start(
      async function* () {
        yield assistantMessage('before');
        await left;
        yield assistantMessage('after');
      },
      { sink, settings: { onDisconnect: 'finish' } },
    );
    sink.closed = true;
    run.disconnected();
    leave();
    await until(finished);
    expect((await items()).map(({ type }) => type)).toEqual(['assistant_message', 'assistant_message']);
    expect(ctx.signal.aborted).toBe(false);
  });

  it('tells the client of a cancellation that it did not ask for', async () => {
    const { run, sink, finished } = start(talking);
    await until(() => sink.events.length === 4);
    await run.cancel(new UnavailableError('Restarting.', { allowRetry: true }));
    expect(sink.events.at(-1)).toEqual({
      type: 'error',
      code: 'custom',
      message: 'Restarting.',
      allow_retry: true,
    });
    await until(finished);
  });

  it('ends once, however often it is told to', async () => {
    const { run, sink, finished, items } = start(talking);
    await until(() => sink.events.length === 4);
    run.disconnected();
    run.disconnected();
    await run.cancel(new UnavailableError('Again.'));
    await until(finished);
    expect(await items()).toHaveLength(2);
  });
});

describe('emit', () => {
  it.each([
    ['in memory', () => new MemoryStore()],
    ['that takes its time', () => asyncStore(new MemoryStore())],
  ])(
    'sends from anywhere, in order, and resolves when the event is stored, on a store %s',
    async (_, make) => {
      const inner = make();
      let stored = 0;
      const store = new Proxy(inner, {
        get: (target, key) => {
          const value = Reflect.get(target, key) as unknown;
          if (typeof value !== 'function') return value;
          const method = value.bind(target) as (...args: unknown[]) => unknown;
          if (key !== 'saveItem') return method;
          return (...args: unknown[]) => {
            const saved = method(...args);
            if (saved instanceof Promise) return saved.then((version: unknown) => ((stored += 1), version));
            stored += 1;
            return saved;
          };
        },
      });
      const counts: number[] = [];
      const { finished, sink } = start(
        async function* (ctx) {
          yield clientEffect('a');
          const emitted = [assistantMessage('one'), hiddenContext('two'), assistantMessage('three')].map(
            (event) => ctx.emit(event).then(() => counts.push(stored)),
          );
          await Promise.all(emitted);
          await ctx.emit(assistantMessageStream(['x']));
          counts.push(stored);
          yield clientEffect('b');
        },
        { store },
      );
      await until(finished);
      expect(counts.every((count, index) => count > index)).toBe(true);
      expect(counts).toHaveLength(4);
      expect(counts.at(-1)).toBe(4);
      expect(sink.types.filter((type) => type !== 'thread.item.updated')).toEqual([
        'stream_options',
        'client_effect',
        'thread.item.done',
        'thread.item.done',
        'thread.item.added',
        'thread.item.done',
        'client_effect',
      ]);
    },
  );

  it('rejects when the run is over, stores nothing, and brings nothing down when nobody listens', async () => {
    const { finished, ctx, items, sink } = start(() => clientEffect('a'));
    await until(finished);
    void ctx.emit(assistantMessage('ignored'));
    await expect(ctx.emit(assistantMessage('late'))).rejects.toMatchObject({ code: 'run_ended' });
    expect(await items()).toEqual([]);
    expect(sink.types).toEqual(['stream_options', 'client_effect']);
  });

  it('resolves only when the sink takes more', async () => {
    class Full extends FakeSink {
      override write(text: string): void {
        super.write(text);
        if (text.includes('"thread.item.done"')) this.gate.hold();
      }
    }
    const sink = new Full();
    let isResolved = false;
    const { finished, items } = start(
      async (ctx) => {
        await ctx.emit(assistantMessage('emitted'));
        isResolved = true;
      },
      { sink },
    );
    await until(() => sink.types.includes('thread.item.done'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(await items()).toHaveLength(1);
    expect(isResolved).toBe(false);
    sink.gate.release();
    await until(finished);
    expect(isResolved).toBe(true);
  });

  it('rejects where there is no stream', async () => {
    await expect(makeContext().emit(clientEffect('a'))).rejects.toThrow('no stream');
    await expect(makeContext().respond('hello')).rejects.toThrow('no stream');
  });
});

describe('a run that is stopped', () => {
  /** A store of which one method can be watched, and held up. */
  function watched(method: string, before: (scope: StoreScope) => Promise<void> | void): MemoryStore {
    return new Proxy(new PersistentStore(), {
      get(target, key) {
        const value = Reflect.get(target, key) as unknown;
        if (typeof value !== 'function') return value;
        const bound = value.bind(target) as (...args: unknown[]) => unknown;
        if (key !== method) return bound;
        return async (...args: unknown[]) => {
          await before(args[0] as StoreScope);
          return bound(...args);
        };
      },
    });
  }

  it('goes on to its next yield and no further where its handler stops it in its first step', async () => {
    const pulled: string[] = [];
    const { sink, finished } = start(function* (ctx) {
      try {
        ctx.lifetime.abort(new UnavailableError('Stopped.'));
        pulled.push('a');
        yield progress('a');
        pulled.push('b');
        yield progress('b');
      } finally {
        pulled.push('finally');
      }
    });
    await until(finished);
    expect(pulled).toEqual(['a', 'finally']);
    expect(sink.types).toEqual(['stream_options', 'error']);
  });

  it('closes its record within a scope that is not aborted', async () => {
    const aborted: boolean[] = [];
    const store = watched('closeRun', (scope) => void aborted.push(scope.signal.aborted));
    const { run, finished } = start(() => never, { store });
    run.disconnected();
    await until(finished);
    expect(aborted).toEqual([false]);
  });

  it('waits for what is being stored before its hook hears what is pending', async () => {
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    let saving = false;
    const store = watched('saveItem', () => {
      saving = true;
      return held;
    });
    const pending: unknown[] = [];
    const { run, finished } = start(
      async function* () {
        const item = { id: 'x', type: 'assistant_message' as const, content: [] };
        yield { type: 'thread.item.added', item };
        yield { type: 'thread.item.done', item };
        await never;
      },
      {
        store,
        settings: { cancelGrace: 5_000 },
        plan: { cancelled: async (items: ThreadItem[]) => void pending.push(...items) },
      },
    );
    await until(() => saving);
    run.disconnected();
    await new Promise((resolve) => setImmediate(resolve));
    go();
    await until(() => run.whenStopped() !== undefined);
    await run.whenStopped();
    expect(pending).toEqual([]);
    expect(finished()).toBe(false); // the handler has its grace
  });
});

describe('a store that fails', () => {
  const failing = (method: string, error: Error): MemoryStore => {
    const store = new MemoryStore();
    return new Proxy(store, {
      get(target, key) {
        const value = Reflect.get(target, key) as unknown;
        if (key === method)
          return () => {
            throw error;
          };
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  };

  it('ends the run, and the handler is not pulled any further', async () => {
    let made = 0;
    const { finished, sink } = start(
      function* () {
        for (; made < 10; made += 1) yield assistantMessage(String(made));
      },
      { store: failing('saveItem', new Error('SECRET')) },
    );
    await until(finished);
    expect(sink.types).toEqual(['stream_options', 'error']);
    expect(made).toBe(0);
  });

  it('fails what is looked up there, which is not the same as nothing found', async () => {
    const error = new UnavailableError('The store is away.');
    const { finished, sink } = start(
      () =>
        updated('somewhere', {
          type: 'assistant_message.content_part.text_delta',
          content_index: 0,
          delta: 'x',
        }),
      { store: failing('loadItem', error) },
    );
    await until(finished);
    expect(sink.events.at(-1)).toMatchObject({ type: 'error', message: 'The store is away.' });
    expect(sink.types).toEqual(['stream_options', 'error']);
  });
});

describe('respond', () => {
  it('runs the responder on a synthetic message, and the handler goes on after it', async () => {
    const seen: unknown[] = [];
    const { finished, sink, items } = start(
      async function* () {
        yield respond('Form submitted: x');
        yield clientEffect('after');
      },
      {
        responder: (ctx) => {
          seen.push(ctx.message);
          return [assistantMessage('Thanks.')];
        },
      },
    );
    await until(finished);
    expect(sink.types).toEqual(['stream_options', 'thread.item.done', 'client_effect']);
    expect(seen).toMatchObject([
      {
        type: 'user_message',
        thread_id: THREAD.id,
        content: [{ type: 'input_text', text: 'Form submitted: x' }],
        attachments: [],
        inference_options: {},
      },
    ]);
    expect((await items()).map(({ type }) => type)).toEqual(['assistant_message']);
  });

  it('stores and shows the message where asked to', async () => {
    const { finished, sink, items } = start(
      (ctx) => ctx.respond('Shown', { store: true }) as Promise<undefined>,
      {
        responder: () => assistantMessage('Thanks.'),
      },
    );
    await until(finished);
    expect(sink.events.slice(1)).toMatchObject([
      { type: 'thread.item.done', item: { type: 'user_message' } },
      { type: 'thread.item.done', item: { type: 'assistant_message' } },
    ]);
    expect(await items()).toHaveLength(2);
  });

  it('lets the handler catch what the responder throws', async () => {
    const { finished, sink } = start(
      async function* () {
        try {
          yield respond('x');
        } catch (error) {
          yield assistantMessage((error as Error).message);
        }
      },
      {
        responder: () => {
          throw new CustomStreamError('No answer.');
        },
      },
    );
    await until(finished);
    expect(sink.events.at(-1)).toMatchObject({ item: { content: [{ text: 'No answer.' }] } });
  });

  it('stops responders that call themselves', async () => {
    const { finished, sink, lines } = start(() => respond('0'), { responder: () => respond('again') });
    await until(finished);
    expect(sink.events.at(-1)).toMatchObject({ type: 'error', code: 'stream.error' });
    expect(lines[0]?.message).toContain('4 deep');
  });

  it('runs responders within responders four deep', async () => {
    const { finished, sink } = start(() => respond('1'), {
      responder: (ctx) => (ctx.depth < 4 ? respond('again') : assistantMessage('deepest')),
    });
    await until(finished);
    expect(sink.types).toEqual(['stream_options', 'thread.item.done']);
    let deepest = 0;
    const over = start(() => respond('1'), {
      responder: (ctx) => {
        deepest = Math.max(deepest, ctx.depth);
        return respond('again');
      },
    });
    await until(over.finished);
    expect(deepest).toBe(4);
  });

  it('pulls the responder no faster than it is taken', async () => {
    const sink = new FakeSink();
    let made = 0;
    const { run, finished } = start(() => respond('x'), {
      sink,
      store: asyncStore(new MemoryStore()),
      responder: function* () {
        for (;;) {
          made += 1;
          yield assistantMessage(String(made));
        }
      },
    });
    await until(() => sink.events.length > 20);
    expect(made).toBeLessThanOrEqual(sink.events.length + 5);
    run.disconnected();
    await until(finished);
  });
});

describe('replace with a function', () => {
  const widget = (value: number): ThreadItem => ({
    id: 'wgt_1',
    thread_id: THREAD.id,
    created_at: THREAD.created_at,
    type: 'widget',
    widget: { type: 'Card', value },
  });

  it('gets the stored widget, and again when another request was faster', async () => {
    const store = new MemoryStore();
    const seen: unknown[] = [];
    const { finished, sink, items } = start(
      async function* (ctx) {
        await ctx.store.saveItem(widget(1));
        yield replace('wgt_1', async (current) => {
          seen.push(current['value']);
          if (seen.length === 1) await ctx.store.saveItem(widget(10));
          return { ...current, value: Number(current['value']) + 1 };
        });
      },
      { store },
    );
    await until(finished);
    expect(seen).toEqual([1, 10]);
    expect(sink.events.at(-1)).toMatchObject({
      type: 'thread.item.replaced',
      item: { widget: { value: 11 } },
    });
    expect(await items()).toMatchObject([{ widget: { value: 11 } }]);
  });

  it('gives up after three times', async () => {
    let calls = 0;
    const { finished, sink } = start(async function* (ctx) {
      await ctx.store.saveItem(widget(1));
      yield replace('wgt_1', async (current) => {
        calls += 1;
        await ctx.store.saveItem(widget(calls * 10));
        return current;
      });
    });
    await until(finished);
    expect(calls).toBe(3);
    expect(sink.types.at(-1)).toBe('error');
  });
});

describe('what is stored because a responder threw, while its handler goes on', () => {
  const message = (text: string): never =>
    ({
      id: 'msg_1',
      type: 'assistant_message',
      content: [{ type: 'output_text', text, annotations: [] }],
    }) as never;

  it.each<[string, HandlerEvent, string[]]>([
    ['removes the message', remove('msg_1'), []],
    ['completes it', done(message('So far, so good.')), ['So far, so good.']],
  ])('does not undo the event that %s', async (_, event, texts) => {
    let begun = false;
    let isOver = false;
    const store = new Proxy<Store>(new MemoryStore(), {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          if (key === 'saveItem' && !begun) {
            begun = true;
            await new Promise((resolve) => setTimeout(resolve, 20));
            isOver = true;
          }
          return (value as (...all: unknown[]) => unknown).apply(target, args);
        };
      },
    });
    const { finished, items } = start(
      async function* (ctx) {
        yield added(message('So far'));
        void ctx.respond('Go on');
        await until(() => begun);
        yield event;
      },
      {
        store,
        responder: () => {
          throw new Error('The responder failed.');
        },
      },
    );
    await until(() => finished() && isOver);
    const stored = (await items()) as { content: { text: string }[] }[];
    expect(stored.map(({ content }) => content[0]?.text)).toEqual(texts);
  });
});

describe('before the lock is given back', () => {
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const settings = { cancelGrace: 1_000 };

  it('a responder that was cancelled in the midst of its work has run its finally blocks', async () => {
    const seen: string[] = [];
    const { run, sink, finished } = start(
      async function* () {
        yield respond('Go on');
      },
      {
        settings,
        async *responder() {
          try {
            yield clientEffect('a');
            await wait(10);
            yield clientEffect('b');
          } finally {
            await wait(10);
            seen.push(finished() ? 'too late' : 'finally');
          }
        },
      },
    );
    await until(() => sink.types.includes('client_effect'));
    run.disconnected();
    await until(finished);
    await wait(30);
    expect(seen).toEqual(['finally']);
  });

  it.each(['ends', 'is cancelled'])(
    'what a handler emits and does not await has ended, if the run %s',
    async (how) => {
      const seen: string[] = [];
      const { run, sink, finished, lines } = start(
        async function* (ctx) {
          void ctx.respond('Go on');
          void ctx.emit(
            assistantMessageStream(
              (async function* () {
                try {
                  yield 'One ';
                  await wait(10);
                  yield 'two';
                } finally {
                  await wait(10);
                  seen.push(finished() ? 'too late' : 'deltas');
                }
              })(),
            ),
          );
          yield clientEffect('a');
          await wait(how === 'ends' ? 2 : 50);
        },
        {
          settings,
          async *responder(ctx) {
            ctx.signal.addEventListener('abort', () => seen.push('aborted'));
            try {
              yield clientEffect('b');
              await wait(10);
              yield clientEffect('c');
            } finally {
              await wait(20);
              seen.push(finished() ? 'too late' : 'responder');
            }
          },
        },
      );
      await until(() => sink.types.includes('client_effect'));
      if (how === 'is cancelled') run.disconnected();
      await until(finished);
      await wait(40);
      expect(seen).toEqual(['aborted', 'deltas', 'responder']);
      expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
    },
  );

  it('what is emitted and awaited does not abort the signal of a run that ends', async () => {
    const { ctx, finished } = start(
      async (ctx) => {
        await ctx.emit(assistantMessageStream(['One']));
        await ctx.respond('Go on');
      },
      { responder: () => clientEffect('a') },
    );
    await until(finished);
    expect(ctx.signal.aborted).toBe(false);
  });
});

it('a source that ignores the gate is still delivered in order', async () => {
  const { finished, sink } = start(() => undefined, {
    store: asyncStore(new MemoryStore()),
    plan: {
      source: () => of<EventDraft[]>(assistantMessage('1'), clientEffect('2'), assistantMessage('3')),
    },
  });
  await until(finished);
  expect(sink.types).toEqual(['stream_options', 'thread.item.done', 'client_effect', 'thread.item.done']);
});
