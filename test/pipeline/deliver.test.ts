import { TestScheduler } from 'rxjs/testing';
import { firstValueFrom, map, Observable, of, Subject, tap, timer, toArray } from 'rxjs';
import type { EventDraft } from '../../src/context';
import { assistantMessage, clientEffect, hiddenContext, remove, updated } from '../../src/events';
import { ConflictError } from '../../src/errors';
import { deliver, Emitted, Gate, Outbox } from '../../src/pipeline';
import { BUFFER_LIMIT } from '../../src/pipeline/deliver';
import { MemoryStore } from '../../src/stores';
import { asyncStore, makeContext, THREAD, until } from './harness';

function scheduler(): TestScheduler {
  return new TestScheduler((actual, expected) => {
    expect(actual).toEqual(expected);
  });
}

/** An operator whose Observable tells what the outbox sends. */
function deliverOn(ctx = makeContext(), gate = new Gate()) {
  let send: (text: string) => void = () => undefined;
  const outbox = new Outbox(ctx, (text) => send(text));
  const through = (source: Observable<EventDraft | Emitted>): Observable<string> =>
    new Observable((subscriber) => {
      send = (text) => subscriber.next(text);
      return source.pipe(deliver(outbox, gate, ctx.lifetime)).subscribe({
        error: (error) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
    });
  return { gate, outbox, through };
}

/** As `ctx.emit` does. */
function emit(draft: EventDraft, into: Subject<Emitted>): Promise<void> {
  return new Promise((resolve, reject) => into.next(new Emitted(draft, resolve, reject)));
}

const effects = { a: clientEffect('a'), b: clientEffect('b'), c: clientEffect('c') };
const texts = {
  a: JSON.stringify(effects.a),
  b: JSON.stringify(effects.b),
  c: JSON.stringify(effects.c),
};

describe('deliver, in marbles', () => {
  it('sends each event when it comes, and completes with its source', () => {
    scheduler().run(({ cold, expectObservable }) => {
      expectObservable(deliverOn().through(cold('a-b--(c|)', effects))).toBe('a-b--(c|)', texts);
    });
  });

  it('hands on an error after what came before it', () => {
    scheduler().run(({ cold, expectObservable }) => {
      expectObservable(deliverOn().through(cold('a-#', effects))).toBe('a-#', texts);
    });
  });

  it('keeps events back while the gate is held, in order, and completes only when they are through', () => {
    scheduler().run(({ cold, expectObservable }) => {
      const { gate, through } = deliverOn();
      gate.hold();
      cold('----x').subscribe(() => gate.release());
      expectObservable(through(cold('a-b|', effects))).toBe('----(ab|)', texts);
    });
  });

  it('sends one at a time to a socket that each write fills', () => {
    scheduler().run(({ cold, expectObservable }) => {
      const { gate, through } = deliverOn();
      const sent = through(cold('(abc|)', effects)).pipe(
        tap(() => {
          gate.hold();
          timer(3).subscribe(() => gate.release());
        }),
      );
      expectObservable(sent).toBe('a--b--(c|)', texts);
    });
  });

  it('unsubscribes from its source at once', () => {
    scheduler().run(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('a-b-c|', effects);
      expectObservable(deliverOn().through(source), '---!').toBe('a-b', texts);
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  it('drops hidden items, stored, by whichever event they come', () => {
    scheduler().run(({ cold, expectObservable }) => {
      const item = { id: 'hcx_1', type: 'hidden_context_item' as const, content: 'secret' };
      const drafts: Record<string, EventDraft> = {
        h: hiddenContext('secret'),
        i: { type: 'thread.item.added', item },
        j: { type: 'thread.item.replaced', item },
        k: updated('hcx_1', { type: 'widget.root.updated', widget: { type: 'Card', secret: true } }),
        l: remove('hcx_1'),
        a: effects.a,
      };
      expectObservable(deliverOn().through(cold('hijkla|', drafts))).toBe('-----a|', texts);
    });
  });

  it('drops updates of hidden items that an earlier run stored, but not their removal: they may have been visible', () => {
    const ctx = makeContext();
    const item = {
      id: 'hcx_0',
      thread_id: THREAD.id,
      created_at: THREAD.created_at,
      type: 'hidden_context_item' as const,
      content: 's',
    };
    void ctx.services.store.saveItem(ctx, item, JSON.stringify(item));
    scheduler().run(({ cold, expectObservable }) => {
      const drafts: Record<string, EventDraft> = {
        k: updated('hcx_0', { type: 'widget.root.updated', widget: { type: 'Card' } }),
        l: remove('hcx_0'),
        a: effects.a,
      };
      expectObservable(deliverOn(ctx).through(cold('kla|', drafts))).toBe('-la|', {
        ...texts,
        l: JSON.stringify(drafts['l']),
      });
    });
  });
});

describe('deliver', () => {
  it('stores before it sends', async () => {
    const order: string[] = [];
    const inner = new MemoryStore();
    const save = inner.saveItem.bind(inner);
    jest.spyOn(inner, 'saveItem').mockImplementation((...args) => {
      order.push('stored');
      return save(...args);
    });
    const ctx = makeContext(asyncStore(inner));
    await new Promise<void>((resolve, reject) => {
      deliverOn(ctx)
        .through(of(assistantMessage('one'), assistantMessage('two')))
        .subscribe({ next: () => order.push('sent'), error: reject, complete: resolve });
    });
    expect(order).toEqual(['stored', 'sent', 'stored', 'sent']);
  });

  it('holds the gate while a store is at work', () => {
    const { gate, through } = deliverOn(makeContext(asyncStore(new MemoryStore())));
    through(of(assistantMessage('one'))).subscribe();
    expect(gate.isOpen).toBe(false);
  });

  it('fails with what the store fails with, sends nothing of that event, and pulls no more', async () => {
    const ctx = makeContext();
    jest
      .spyOn(ctx.services.store, 'saveItem')
      .mockImplementation(() => Promise.reject(new ConflictError('lost')));
    const { gate, through } = deliverOn(ctx);
    const seen: string[] = [];
    const failure = await new Promise((resolve) => {
      through(of(effects.a, assistantMessage('one'), effects.b)).subscribe({
        next: (text) => seen.push(text),
        error: resolve,
      });
    });
    expect(failure).toMatchObject({ message: 'lost' });
    expect(seen).toEqual([texts.a]);
    expect(gate.isOpen).toBe(false);
  });

  it('says which field of an event is wrong', async () => {
    const wrong = { type: 'client_effect', name: 3, data: {} } as unknown as EventDraft;
    const failure = await new Promise((resolve) => {
      deliverOn().through(of(wrong)).subscribe({ error: resolve });
    });
    expect(failure).toMatchObject({ code: 'invalid_event', issues: [{ path: 'name' }] });
  });

  it('refuses an item that belongs to another thread', async () => {
    const foreign: EventDraft = {
      type: 'thread.item.done',
      item: { type: 'end_of_turn', thread_id: 'thr_2' },
    };
    const failure = await new Promise((resolve) => {
      deliverOn().through(of(foreign)).subscribe({ error: resolve });
    });
    expect(failure).toMatchObject({ code: 'wrong_thread' });
  });

  it('ends a flood that it cannot slow with an overflow, after what it took', async () => {
    const ctx = makeContext(asyncStore(new MemoryStore()));
    const { outbox, through } = deliverOn(ctx);
    let sent = 0;
    const failure = new Promise((resolve) => {
      through(
        of(...Array.from({ length: BUFFER_LIMIT + 10 }, (_, n) => assistantMessage(String(n)))),
      ).subscribe({ next: () => (sent += 1), error: resolve });
    });
    expect(await failure).toMatchObject({ code: 'buffer_overflow' });
    expect(sent).toBe(BUFFER_LIMIT + 1); // one in the store's hands, the rest waiting
    await outbox.idle();
  });

  it('saves a changed thread after the event that changed it, and tells the client', async () => {
    const ctx = makeContext();
    const { through } = deliverOn(ctx);
    const source = of(effects.a, effects.b).pipe(
      tap(() => {
        ctx.thread.title = 'New';
      }),
    );
    const seen = await firstValueFrom(through(source).pipe(map(typeOf), toArray()));
    expect(seen).toEqual(['client_effect', 'thread.updated', 'client_effect']);
    expect(await ctx.services.store.loadThread(ctx, THREAD.id)).toMatchObject({ title: 'New' });
  });

  it('saves a thread that changed after the last event', async () => {
    const ctx = makeContext();
    const { through } = deliverOn(ctx);
    const source = of(effects.a).pipe(
      tap({
        complete: () => {
          ctx.thread.status = { type: 'locked', reason: 'done' };
        },
      }),
    );
    const seen = await firstValueFrom(through(source).pipe(map(typeOf), toArray()));
    expect(seen).toEqual(['client_effect', 'thread.updated']);
  });

  it('resolves an emitter only when the stream can take more', async () => {
    const { gate, through } = deliverOn();
    const emitted = new Subject<Emitted>();
    through(emitted).subscribe();
    let accepted = false;
    gate.hold();
    void emit(effects.a, emitted).then(() => (accepted = true));
    await Promise.resolve();
    expect(accepted).toBe(false);
    gate.release();
    await until(() => accepted);
  });

  it('rejects emitters whose events were not taken when it is unsubscribed', async () => {
    const { gate, through } = deliverOn();
    const emitted = new Subject<Emitted>();
    const subscription = through(emitted).subscribe();
    gate.hold();
    const settled = emit(effects.a, emitted);
    subscription.unsubscribe();
    await expect(settled).rejects.toMatchObject({ code: 'run_ended' });
    expect(emitted.observed).toBe(false);
  });

  it('resolves emitters whose events were sent to a full socket when it is unsubscribed', async () => {
    const { gate, through } = deliverOn();
    const emitted = new Subject<Emitted>();
    let accepted = false;
    const subscription = through(emitted).subscribe(() => gate.hold());
    const settled = emit(effects.a, emitted).then(() => (accepted = true));
    await Promise.resolve();
    expect(accepted).toBe(false);
    subscription.unsubscribe();
    await settled;
  });

  it('stores and sends what is being stored when it is unsubscribed', async () => {
    const store = new MemoryStore();
    const ctx = makeContext(asyncStore(store));
    const sent: string[] = [];
    const outbox = new Outbox(ctx, (text) => sent.push(text));
    const source = of(assistantMessage('one'), assistantMessage('two'));
    source
      .pipe(deliver(outbox, new Gate(), ctx.lifetime))
      .subscribe()
      .unsubscribe();
    await outbox.idle();
    expect(sent.map(typeOf)).toEqual(['thread.item.done']);
    expect(store.listItems(ctx, THREAD.id, { limit: 9, order: 'asc' }).data).toHaveLength(1);
  });
});

function typeOf(text: string): string {
  return (JSON.parse(text) as { type: string }).type;
}
