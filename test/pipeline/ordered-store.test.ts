import fc from 'fast-check';
import { setImmediate } from 'node:timers/promises';
import type { HandlerEvent, RunContext } from '../../src/context';
import {
  added,
  assistantMessage,
  done,
  hiddenContext,
  progress,
  replace,
  updated,
  widget,
} from '../../src/events';
import { LeftRuns } from '../../src/pipeline';
import type { AssistantMessageContent, ThreadItem } from '../../src/protocol';
import { OrderedStore, type CommitOutcome } from '../support/ordered-store';
import { FakeSink, start, until, type Started } from './harness';

/* Stores that take writes in order, and commit them later: a run goes on, and what it sends waits. */

const items = ({ ctx }: Started, { memory }: OrderedStore): ThreadItem[] =>
  memory.listItems(ctx, ctx.thread.id, { limit: 100, order: 'asc' }).data;

const text = (value: string): AssistantMessageContent => ({
  type: 'output_text',
  text: value,
  annotations: [],
});
const card = (value: string) => ({ type: 'Card', children: [{ type: 'Text', value }] }) as const;

describe('a run on a store that commits later', () => {
  it('stores all of a turn in one commit, and sends nothing before it', async () => {
    const ordered = new OrderedStore();
    const started = start(
      () => [widget(card('a')), hiddenContext('b'), progress('half'), assistantMessage('c')],
      { store: ordered.store },
    );
    await Promise.resolve();
    expect(started.sink.events).toEqual([]);
    ordered.onCommit = () => expect(started.sink.events).toEqual([]);
    await until(() => started.sink.closed);
    expect(ordered.commits).toBe(1);
    expect(items(started, ordered).map(({ type }) => type)).toEqual([
      'widget',
      'hidden_context_item',
      'assistant_message',
    ]);
    expect(started.sink.types).toEqual([
      'stream_options',
      'thread.item.done',
      'progress_update',
      'thread.item.done',
    ]);
  });

  it('never writes the record of a run that is over by its first commit', async () => {
    const ordered = new OrderedStore();
    const records: number[] = [];
    ordered.onCommit = () => records.push(ordered.openRuns().length);
    const { finished } = start(() => assistantMessage('a'), { store: ordered.store });
    await until(finished);
    expect(records).toEqual([0]);
  });

  it('writes it with the first commit where the run goes on, and deletes it with the last', async () => {
    const ordered = new OrderedStore();
    const records: number[] = [];
    ordered.onCommit = () => records.push(ordered.openRuns().length);
    const { finished } = start(
      async function* () {
        yield assistantMessage('a');
        await setImmediate();
        yield assistantMessage('b');
      },
      { store: ordered.store },
    );
    await until(finished);
    expect(records).toEqual([1, 0]);
  });

  it('deletes it after the error where the last commit fails', async () => {
    const ordered = new OrderedStore(['made', 'fails']);
    const records: number[] = [];
    ordered.onCommit = () => records.push(ordered.openRuns().length);
    const started = start(
      async function* () {
        yield assistantMessage('a');
        await setImmediate();
        yield assistantMessage('b');
      },
      { store: ordered.store },
    );
    await until(started.finished);
    expect(records.slice(0, 2)).toEqual([1, 1]);
    expect(ordered.openRuns()).toEqual([]);
    expect(started.sink.types.at(-1)).toBe('error');
  });

  it('fails with a commit, sends nothing that came after it, and answers over HTTP where nothing was sent', async () => {
    const ordered = new OrderedStore(['fails']);
    const { sink, finished } = start(() => assistantMessage('a'), { store: ordered.store });
    await until(finished);
    expect(sink.events).toEqual([]);
    expect(sink.failures).toMatchObject([{ message: 'disk is full' }]);
  });

  it('keeps what was shown of a message whose end could not be stored', async () => {
    const ordered = new OrderedStore(['made', 'fails']);
    const started = start(
      async function* () {
        yield added({ type: 'assistant_message', id: 'm', content: [text('Half')] });
        await until(() => started.sink.types.includes('thread.item.added'));
        yield done({
          type: 'assistant_message',
          id: 'm',
          content: [text('Half and all')],
        });
      },
      { store: ordered.store },
    );
    await until(started.finished);
    expect(started.sink.types.at(-1)).toBe('error');
    expect(items(started, ordered)).toMatchObject([
      { id: 'm', content: [{ text: 'Half' }] },
      { type: 'sdk_hidden_context' },
    ]);
  });

  it('reads what it has just written, in handlers and in replacements', async () => {
    const ordered = new OrderedStore(['late']);
    let seen: string[] = [];
    const started = start(
      async function* (ctx) {
        yield done({ type: 'widget', id: 'w', widget: card('0') });
        yield replace({ type: 'widget', id: 'w' } as never, () => card('1'));
        yield hiddenContext('b');
        seen = (await ctx.store.listItems(ctx.thread.id, { limit: 9, order: 'asc' })).data.map(
          ({ type }) => type,
        );
      },
      { store: ordered.store },
    );
    await until(started.finished);
    expect(started.sink.types).not.toContain('error');
    expect(seen).toEqual(['widget', 'hidden_context_item']);
    expect(items(started, ordered)[0]).toMatchObject({ widget: card('1') });
  });

  it('shares a widget that is done when that is committed', async () => {
    const ordered = new OrderedStore(['made', 'late']);
    const state = { isDone: false };
    const started = start(
      async function* () {
        yield added({ type: 'widget', id: 'w', widget: card('0') });
        await until(() => ordered.commits === 1);
        yield done({ type: 'widget', id: 'w', widget: card('1') });
        state.isDone = true;
      },
      { store: ordered.store },
    );
    while (!state.isDone) await setImmediate();
    expect(items(started, ordered)).toEqual([]);
    await started.run.share('w');
    expect(items(started, ordered)).toMatchObject([{ id: 'w', widget: card('1') }]);
    await until(started.finished);
  });

  it.each<[string, (count: number) => HandlerEvent]>([
    ['writes', (count) => hiddenContext(String(count))],
    ['texts', (count) => progress(`${String(count)} ${'x'.repeat(1000)}`)],
  ])('holds a handler up whose %s wait for a commit that does not come', async (_, make) => {
    const ordered = new OrderedStore(['late']);
    let pulled = 0;
    const { ctx, finished } = start(
      function* () {
        yield assistantMessage('first');
        for (; pulled < 500; pulled += 1) yield make(pulled);
      },
      { store: ordered.store },
    );
    const seen: number[] = [];
    while (ordered.commits === 0) {
      seen.push(pulled);
      await setImmediate();
    }
    expect(Math.max(...seen)).toBeLessThanOrEqual(64);
    await until(finished);
    expect(pulled).toBe(500);
    expect(ctx.aborted).toBe(false);
  });

  it('resolves what emit promises after the commit, and rejects it with the commit', async () => {
    for (const [outcome, expected] of [
      ['made', 'resolved 1'],
      ['fails', 'disk is full'],
    ] as const) {
      const ordered = new OrderedStore(['made', outcome]);
      let told: string | undefined;
      const { finished } = start(
        async (ctx) => {
          await until(() => ordered.commits === 1);
          told = await ctx.emit(assistantMessage('a')).then(
            () => `resolved ${String(ordered.commits - 1)}`,
            (error: unknown) => (error as Error).message,
          );
        },
        { store: ordered.store },
      );
      await until(finished);
      expect(told).toBe(expected);
    }
  });
});

/** What a handler does next. */
const STEPS = [
  'message',
  'hidden',
  'stream',
  'emit',
  'pause',
  'read',
  'progress',
  'throw',
  'invalid',
] as const;
type Step = (typeof STEPS)[number];

class Trial {
  readonly ordered: OrderedStore;
  readonly sink = new CheckedSink();
  readonly emits: Promise<unknown>[] = [];
  started: Started | undefined;
  /** The handler has ended by itself, and so many items are to be found then. */
  expected: number | undefined;
  readonly violations: string[] = [];
  private written = 0;

  constructor(
    private readonly steps: readonly Step[],
    outcomes: readonly CommitOutcome[],
  ) {
    this.ordered = new OrderedStore([...outcomes]);
    this.ordered.onCommit = () => this.check();
    this.sink.onWrite = () => this.check();
  }

  readonly handler = async function* (this: Trial, ctx: RunContext): AsyncGenerator<HandlerEvent> {
    try {
      for (const step of this.steps) yield* this.take(step, ctx);
      this.expected = this.written;
    } catch (error) {
      this.expected = this.written;
      throw error;
    }
  }.bind(this);

  private async *take(step: Step, ctx: RunContext): AsyncGenerator<HandlerEvent> {
    switch (step) {
      case 'message':
        this.written += 1;
        yield assistantMessage('text');
        return;
      case 'hidden':
        this.written += 1;
        yield hiddenContext('text');
        return;
      case 'stream': {
        this.written += 1;
        const id = ctx.store.generateId('message');
        yield added({ type: 'assistant_message', id, content: [] });
        yield updated(id, {
          type: 'assistant_message.content_part.added',
          content_index: 0,
          content: text('half'),
        });
        await setImmediate();
        yield done({ type: 'assistant_message', id, content: [text('whole')] });
        return;
      }
      case 'emit':
        this.written += 1;
        this.emits.push(ctx.emit(assistantMessage('emitted')));
        return;
      case 'pause':
        await setImmediate();
        return;
      case 'read': {
        const { data } = await ctx.store.listItems(ctx.thread.id, { limit: 100, order: 'asc' });
        expect(data.length).toBeGreaterThanOrEqual(this.written - this.emits.length);
        return;
      }
      case 'progress':
        yield progress('on it');
        return;
      case 'invalid':
        yield { type: 'thread.item.removed', item_id: 5 as unknown as string };
        return;
      case 'throw':
        throw new Error('a handler threw');
    }
  }

  /** At any moment a crash may come: what would be found then? */
  private check(): void {
    const { started, ordered, sink } = this;
    if (started === undefined) return;
    const stored = new Map(
      items(started, ordered)
        .filter(({ type }) => type !== 'sdk_hidden_context') // the note itself
        .map((item) => [item.id, JSON.stringify(item)]),
    );
    for (const event of sink.events) {
      if (event.type !== 'thread.item.done' || stored.get(event.item.id) === JSON.stringify(event.item))
        continue;
      this.violations.push(`${event.item.id} was sent before it was stored`);
    }
    const isComplete = this.expected !== undefined && stored.size >= this.expected;
    if (isComplete || ordered.made.has('closeRun') || ordered.failed.length > 0) return;
    const isShown = sink.types.some((type) => type !== 'error');
    if ((stored.size > 0 || isShown) && ordered.openRuns().length === 0) {
      this.violations.push(`no record: ${sink.types.join()}; ${[...stored.values()].join()}`);
    }
  }
}

class CheckedSink extends FakeSink {
  onWrite: (() => void) | undefined;

  override write(text: string): void {
    super.write(text);
    this.onWrite?.();
  }
}

test('whatever fails, and whenever the client leaves: what is sent is stored, a cut-off run has its record, and all ends', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...STEPS), { maxLength: 8 }),
      fc.array(fc.constantFrom<CommitOutcome>('made', 'late', 'fails', 'one fails'), { maxLength: 4 }),
      fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
      async (steps, outcomes, leavesAfter) => {
        const trial = new Trial(steps, outcomes);
        const left = new LeftRuns();
        const { store } = trial.ordered;
        const started = start(trial.handler, { store, sink: trial.sink, settings: { left } });
        trial.started = started;
        if (leavesAfter !== undefined) {
          for (let turn = 0; turn < leavesAfter; turn += 1) await setImmediate();
          started.run.disconnected();
        }
        await started.run.whenFinished();
        await Promise.allSettled(trial.emits);
        expect(trial.violations).toEqual([]);
        const { types } = trial.sink;
        if (leavesAfter === undefined) {
          expect(types.indexOf('stream_options')).toBe(types.length > 0 ? 0 : -1);
          expect(types.slice(0, -1)).not.toContain('error');
        }
        expect(started.sink.closed).toBe(true);
        for (let turn = 0; turn < 8; turn += 1) await setImmediate();
        // What could not be stored is left to be finished, and nothing else is.
        const open = trial.ordered.openRuns().map(({ id }) => id);
        expect(open.filter((id) => left.get(id) === undefined)).toEqual([]);
      },
    ),
    { numRuns: 500 },
  );
});
