import { merge, Subject, type Subscription } from 'rxjs';
import {
  EXPAND,
  isComposite,
  Lifetime,
  type Composite,
  type EventDraft,
  type HandlerEvent,
  type RespondOptions,
  type RunContext,
  type RunHooks,
} from '../context';
import { holdPromises, readable, UnavailableError } from '../errors';
import { disposeContainer, toErrorEvent, type Observe } from '../execution';
import { writeEvent, type StreamOptions } from '../protocol';
import { isPromise, type Awaitable } from '../store';
import { deliver, Emitted, runEnded } from './deliver';
import { CUT_OFF, keepWithNote } from './keep-shown';
import type { LeftRun } from './left-runs';
import { notAnEvent } from './not-an-event';
import { Outbox } from './outbox';
import { Gated, isEvent, pull } from './pull';
import { respondTo } from './respond';
import type { RunPlan, RunSettings } from './run-plan';
import { RunRecord } from './run-record';
import type { EventSink } from './sink';

/**
 * `running`: events are accepted. `stopping`: the run has failed or was cancelled, what was shown is being
 * stored, and the handler gets time to finish; it gets this time too if it still works after its last event.
 * `concluding`: the record is being closed. `finished`: the lock is free.
 */
type State = 'running' | 'stopping' | 'concluding' | 'finished';

/** One handler's run, from its first event to the last of its `finally` blocks. */
export class Run implements RunHooks {
  private readonly outbox: Outbox;
  /** Events of `ctx.emit`, in addition to those of the handler. */
  private readonly emitted = new Subject<Emitted>();
  /** The work of stopped handlers and of emitted composites that has not ended yet. None of them rejects. */
  private readonly unfinished = new Set<Promise<void>>();
  /** None if the store's data does not outlive the process. */
  private readonly record: RunRecord | undefined;
  /** What was shown but could not be stored. */
  private unkept: LeftRun | undefined;
  private subscription: Subscription | undefined;
  private state: State = 'running';
  private stopped: Promise<void> | undefined;
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly plan: RunPlan,
    private readonly sink: EventSink,
    private readonly settings: RunSettings,
  ) {
    const { ctx } = plan;
    this.outbox = new Outbox(ctx, (text) => sink.write(text));
    if (ctx.services.store.isVolatile !== true) {
      this.record = new RunRecord(ctx, this.outbox, settings);
      this.outbox.record = this.record;
    }
    ctx.hooks = this;
  }

  start(): void {
    const { ctx } = this.plan;
    ctx.lifetime.onAbort((reason) => void this.cancel(reason));
    const handled = pull(() => this.events(), ctx, this.sink.gate, this.onTeardown);
    this.subscription = merge(this.emitted, handled)
      .pipe(deliver(this.outbox, this.sink.gate, ctx.lifetime))
      .subscribe({
        error: (error: unknown) => this.fail(error),
        complete: () => this.end(),
      });
    if (this.state === 'stopping') this.subscription.unsubscribe();
  }

  /** Called when the client has disconnected. */
  disconnected(): void {
    // Every response closes once, mostly after its run: an error is created only if it is needed.
    if (this.state !== 'running' || this.settings.onDisconnect === 'finish') return;
    void this.cancel(clientLeft(), { note: CUT_OFF.stopped });
  }

  /**
   * Stops the handler, stores what was shown, and tells the client if it is still connected. Resolves when
   * that is done; the handler may still be in its `finally` blocks, for which the run waits.
   *
   * @param options.keep `false` if the thread itself is about to be deleted
   * @param options.note tells the model why the answer is not complete
   */
  async cancel(
    reason: Error,
    { keep = true, note = CUT_OFF.brokenOff }: { keep?: boolean; note?: string } = {},
  ): Promise<void> {
    if (this.state === 'running') {
      this.stopped = this.plan.ctx.lifetime.run(() => this.stop(reason, keep ? note : undefined));
    }
    await this.stopped;
  }

  /** Resolves when the current state of an unfinished widget is in the store. */
  async share(itemId: string): Promise<void> {
    if (this.state === 'running') await this.outbox.share(itemId);
  }

  /** Stores the shown parts of unfinished messages, in case this process is killed. */
  async checkpoint(): Promise<void> {
    if (this.state === 'running') await this.record?.keep(this.outbox.shown());
  }

  /** Resolves when what was shown has been stored; `undefined` unless the run is being stopped. */
  whenStopped(): Promise<void> | undefined {
    return this.state === 'finished' ? undefined : this.stopped;
  }

  /** Resolves when the run has ended and its lock is released. */
  whenFinished(): Promise<void> {
    return this.state === 'finished'
      ? Promise.resolve()
      : new Promise((resolve) => this.listeners.push(resolve));
  }

  private readonly observe: Observe = (start, ctx) => pull(start, ctx, this.sink.gate, this.onTeardown);

  private readonly onTeardown = (settled: Promise<void>): void => {
    this.unfinished.add(settled);
    void settled.then(() => this.unfinished.delete(settled));
  };

  /** The events of the run: its own at the start, then those of the handler. */
  private *events(): Generator<EventDraft | Gated | Promise<EventDraft | void>, void> {
    const { ctx } = this.plan;
    const begun = this.plan.begin?.(); // its errors are HTTP responses
    if (isPromise(begun)) yield begun;
    try {
      yield* this.plan.prelude();
      const opened = this.record?.open();
      if (opened !== undefined) yield opened;
      const options = this.plan.streamOptions();
      yield isPromise(options) ? options.then(toOptionsEvent) : toOptionsEvent(options);
      yield new Gated(this.plan.source(this.observe));
    } catch (error) {
      yield toErrorEvent(error, ctx);
    }
    this.emitted.complete();
  }

  emit(event: HandlerEvent): Promise<void> {
    // The caller may be in the async context of another request, such as a listener of a shared emitter.
    const emitting = this.plan.ctx.run(() => this.take(event));
    if (!this.outbox.hasWritten(event)) holdPromises(event);
    return emitting;
  }

  hasWritten(event: unknown): boolean {
    return this.outbox.hasWritten(event);
  }

  private async take(event: HandlerEvent): Promise<void> {
    if (this.state !== 'running' || !this.emitted.observed) throw runEnded();
    if (isComposite(event)) {
      await this.expand(event);
      return;
    }
    if (!isEvent(event)) throw notAnEvent(event, this.plan.ctx);
    await new Promise<void>((resolve, reject) =>
      this.plan.ctx.lifetime.run(() => this.emitted.next(new Emitted(event, resolve, reject))),
    );
  }

  private async expand(composite: Composite): Promise<void> {
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    this.unfinished.add(finished);
    try {
      for await (const part of composite[EXPAND](this.plan.ctx)) await this.emit(part);
    } finally {
      this.unfinished.delete(finished);
      finish();
    }
  }

  keepShown(): Awaitable<void> {
    if (this.state !== 'running') return;
    const { ctx } = this.plan;
    const failed = (error: unknown): void =>
      ctx.log.error({ err: error }, 'the items shown before a handler threw could not be stored');
    try {
      const kept = this.outbox.keepShownInTurn();
      if (!isPromise(kept)) return;
      // Another handler may go on: no event may be stored in between, and be undone by an older state.
      const { gate } = this.sink;
      gate.hold();
      return kept.catch(failed).then(() => gate.release());
    } catch (error) {
      failed(error);
    }
  }

  committed(): Promise<void> | undefined {
    return this.outbox.committed();
  }

  respond(from: RunContext, text: string, options: RespondOptions): AsyncIterable<HandlerEvent> {
    return respondTo(from, text, options, (child) => this.plan.responder(child), this.onTeardown);
  }

  /**
   * All events are sent. A handler whose events an interceptor has ended early may still be working, or a
   * composite that was emitted and not awaited.
   */
  private end(): void {
    if (this.state !== 'running') return;
    if (this.unfinished.size === 0) void this.conclude();
    else {
      this.beginStopping(runEnded());
      void this.settle();
    }
  }

  private beginStopping(reason: Error): void {
    this.state = 'stopping';
    const { ctx } = this.plan;
    if (ctx.isThreadRead) holdPromises(ctx.thread); // the handler's changes of the thread are not saved
    ctx.lifetime.abort(reason);
  }

  private async stop(reason: Error, note: string | undefined): Promise<void> {
    this.plan.ctx.isCancelled = true;
    this.beginStopping(reason);
    this.sink.gate.hold(); // for good: a handler that stops its own run goes on until its next await
    this.subscription?.unsubscribe();
    await this.withinGrace(() => this.outbox.idle(), 'the store did not finish saving in time');
    if (note !== undefined && !(await this.askHook())) await this.keepWithNote(note);
    this.sink.write(writeEvent(toErrorEvent(reason, this.plan.ctx)));
    this.sink.end();
    void this.settle();
  }

  /** The run could not begin, or an event could not be stored: the run has failed. */
  private fail(thrown: unknown): void {
    if (this.state !== 'running') return;
    const error = readable(thrown);
    this.beginStopping(error instanceof Error ? error : new Error('The run failed.', { cause: error }));
    this.stopped = this.breakOff(error);
  }

  private async breakOff(error: unknown): Promise<void> {
    const settled = this.outbox.settled(); // held events go before the error
    if (settled !== undefined)
      await this.withinGrace(() => settled, 'the store did not finish saving in time');
    if (!this.sink.started) this.sink.fail(error);
    else {
      if (this.outbox.shown().length > 0) await this.keepWithNote(CUT_OFF.brokenOff);
      this.sink.write(writeEvent(toErrorEvent(error, this.plan.ctx)));
    }
    void this.settle();
  }

  /** Calls the application's cancellation hook. Returns false if there is none. */
  private async askHook(): Promise<boolean> {
    let asked: Promise<unknown> | undefined;
    await this.withinGrace(
      (ctx) => (asked = this.plan.cancelled?.(this.outbox.pending.list(), ctx)),
      'the handler of @OnStreamCancelled did not finish in time',
    );
    return asked !== undefined;
  }

  private async keepWithNote(note: string): Promise<void> {
    const shown = this.outbox.shown();
    const isKept = await this.withinGrace(
      (ctx) => keepWithNote(shown, note, this.record?.noteId, ctx),
      'the shown items of a run were not stored in time',
    );
    if (!isKept) this.unkept = { shown, note };
  }

  private async settle(): Promise<void> {
    await this.withinGrace(async () => {
      // A handler that stops may stop a responder, which adds its own work.
      while (this.unfinished.size > 0) await Promise.all(this.unfinished);
    }, 'a handler did not stop and was abandoned');
    await this.conclude();
  }

  /** Releases the lock before the response ends, so that the client's next request finds it free. */
  private async conclude(): Promise<void> {
    this.state = 'concluding';
    const { ctx } = this.plan;
    ctx.lifetime.end();
    const isClosed = this.unkept === undefined && this.closeRecord();
    if (isPromise(isClosed) ? !(await isClosed) : !isClosed) this.record?.leave(this.unkept ?? 'closing');
    const freed = this.plan.onFinish();
    if (isPromise(freed))
      await this.withinGrace(() => freed, 'the lock of a thread was not released in time');
    this.sink.end();
    this.state = 'finished';
    for (const listener of this.listeners) listener();
    if (ctx.root.hasContainer) await disposeContainer(ctx);
  }

  /** Returns whether the record is closed. */
  private closeRecord(): Awaitable<boolean> {
    const { ctx } = this.plan;
    const failed = (error: unknown): false => {
      ctx.log.error({ err: error }, 'the record of a run could not be closed');
      return false;
    };
    try {
      const closed = this.record?.close(ctx.aborted ? ctx.withLifetime(new Lifetime()) : ctx);
      if (!isPromise(closed)) return true;
      const isClosed = closed.then(() => true, failed);
      return this.withinGrace(() => isClosed, 'the record of a run was not closed in time').then(
        (inTime) => inTime && isClosed,
      );
    } catch (error) {
      return failed(error);
    }
  }

  /**
   * Waits for work that must be done even if the request was cancelled, but not longer than the grace time.
   *
   * @returns whether it was done in time
   */
  private async withinGrace(
    work: (ctx: RunContext) => Awaitable<unknown>,
    complaint: string,
  ): Promise<boolean> {
    const { ctx } = this.plan;
    const { cancelGrace } = this.settings;
    const lifetime = new Lifetime();
    lifetime.expireIn(cancelGrace);
    try {
      await lifetime.until(work(ctx.withLifetime(lifetime)));
      return true;
    } catch (error) {
      if (lifetime.aborted) ctx.log.warn({ graceMs: cancelGrace }, complaint);
      else ctx.log.error({ err: error }, 'stopping a run failed');
      return false;
    } finally {
      lifetime.end();
    }
  }
}

function toOptionsEvent(stream_options: StreamOptions): EventDraft {
  return { type: 'stream_options', stream_options };
}

/** The abort reason when the client has disconnected. */
export function clientLeft(): UnavailableError {
  return new UnavailableError('The client has left.', { code: 'client_left' });
}
