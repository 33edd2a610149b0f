import type { Observable, Subscription } from 'rxjs';
import { EXPAND, isComposite, type EventDraft, type HandlerEvent, type RunContext } from '../context';
import { UnavailableError, type ChatError } from '../errors';
import { disposeContainer, toErrorEvent, type Handler, type Observe } from '../execution';
import { serialiseEvent, type StreamOptions, type ThreadItem } from '../protocol';
import { isPromise, type Awaitable } from '../store';
import { now } from './complete';
import { deliver, Delivery, runEnded } from './delivery';
import { inTurn } from './in-turn';
import { CUT_OFF, noteForModel } from './keep-shown';
import { pull } from './pull';
import { respondTo } from './respond';
import type { EventSink } from './sink';

/** What an operation wants run. */
export interface RunPlan {
  readonly ctx: RunContext;
  /** Stores the run's thread, where it is a new one. */
  createThread?(): Awaitable<void>;
  /** Events, and promises of stores at work, before `stream_options`. */
  prelude(): Iterable<EventDraft | Promise<void>>;
  streamOptions(): Awaitable<StreamOptions>;
  /** The handler's events. */
  source(observe: Observe): Observable<EventDraft>;
  /** The responder for a synthetic message. */
  responder(ctx: RunContext): Handler;
  /** Replaces what is done by default when the stream is cut off. */
  readonly cancelled?: ((pending: ThreadItem[]) => Promise<void>) | undefined;
  /** Called once, when all is over: gives the thread's lock back. */
  onFinish(): void;
}

export interface RunSettings {
  onDisconnect: 'cancel' | 'finish';
  /** How long a handler that was stopped may take to finish, in milliseconds. */
  cancelGrace: number;
  /** How long a run may take, in milliseconds. */
  maxRunTime: number;
  /** Whether events are checked against the protocol. */
  check: boolean;
  /** This process, in records of open runs. */
  instance: string;
}

/** One handler's run, from its first event to the last of its `finally` blocks. */
export class Run {
  private readonly delivery: Delivery;
  private readonly teardowns: Promise<void>[] = [];
  private readonly id: string;
  private subscription: Subscription | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** Until then nothing is stored, and what goes wrong is answered over HTTP. */
  private begun = false;
  private over = false;
  private concluded = false;
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly plan: RunPlan,
    private readonly sink: EventSink,
    private readonly settings: RunSettings,
  ) {
    const { ctx } = plan;
    this.id = ctx.services.generateId('run');
    this.delivery = new Delivery(ctx, sink.gate, settings);
    ctx.hooks = {
      emit: (event) => this.emit(event),
      keepShown: () => this.delivery.keepShown(),
      respond: (from, text, options) =>
        respondTo(from, text, options, (child) => plan.responder(child), this.onTeardown),
    };
  }

  start(): void {
    const { ctx } = this.plan;
    const { maxRunTime } = this.settings;
    this.timer = setTimeout(() => {
      void this.cancel(new UnavailableError(`This took longer than ${String(maxRunTime / 1000)} s.`));
    }, maxRunTime).unref();
    const drafts = inTurn(
      pull(() => this.opening(), ctx, this.sink.gate, this.onTeardown),
      () => this.plan.source(this.observe),
      (error) => {
        if (!this.begun) throw error;
        return toErrorEvent(error, ctx);
      },
    );
    this.subscription = drafts.pipe(deliver(this.delivery)).subscribe({
      next: (text) => this.sink.write(text),
      error: (error: unknown) => this.fail(error),
      complete: () => this.end(),
    });
    if (this.over) this.subscription.unsubscribe();
  }

  /** The client has left. */
  disconnected(): void {
    // Every response closes once, most of them after their run: an error made for each would cost.
    if (this.over || this.settings.onDisconnect === 'finish') return;
    void this.cancel(new UnavailableError('The client has left.'), { note: CUT_OFF.stopped });
  }

  /**
   * Stops the handler, keeps what there is, and tells the client if it still listens. Resolves when
   * that is done; the handler may then still be in its `finally` blocks, for which the run waits.
   *
   * @param options.keep `false` when the thread itself is about to go
   * @param options.note tells the model why the answer is not complete
   */
  async cancel(
    reason: ChatError,
    { keep = true, note = CUT_OFF.brokenOff }: { keep?: boolean; note?: string } = {},
  ): Promise<void> {
    if (this.over) return;
    this.over = true;
    const { ctx } = this.plan;
    ctx.abort(reason);
    this.delivery.close();
    await this.withinGrace(this.delivery.idle(), 'a store did not finish saving');
    this.subscription?.unsubscribe();
    if (keep) {
      const kept = this.plan.cancelled?.(this.delivery.pending()) ?? this.keepWithNote(note);
      await this.withinGrace(kept, 'what is to be done on cancellation did not finish');
    }
    this.sink.write(serialiseEvent(toErrorEvent(reason, ctx)));
    this.sink.end();
    void this.settle();
  }

  /** Resolves when the run is over and its lock given back. */
  whenFinished(): Promise<void> {
    return this.concluded ? Promise.resolve() : new Promise((resolve) => this.listeners.push(resolve));
  }

  private readonly observe: Observe = (start, ctx) => pull(start, ctx, this.sink.gate, this.onTeardown);

  private readonly onTeardown = (settled: Promise<void>): void => {
    this.teardowns.push(settled);
  };

  private *opening(): Generator<EventDraft | Promise<EventDraft | void>, void> {
    const { ctx } = this.plan;
    const created = this.plan.createThread?.();
    if (isPromise(created)) yield created;
    this.begun = true;
    yield* this.plan.prelude();
    const opened = ctx.services.store.openRun(ctx, {
      id: this.id,
      thread_id: ctx.thread.id,
      instance: this.settings.instance,
      started_at: now(),
    });
    if (isPromise(opened)) yield opened;
    const options = this.plan.streamOptions();
    yield isPromise(options) ? options.then(toOptionsEvent) : toOptionsEvent(options);
  }

  private async emit(event: HandlerEvent): Promise<void> {
    if (this.over) throw runEnded();
    if (isComposite(event)) {
      for await (const part of event[EXPAND](this.plan.ctx)) await this.emit(part);
      return;
    }
    await new Promise<void>((resolve, reject) => this.delivery.accept(event, { resolve, reject }));
  }

  private end(): void {
    if (this.over) return;
    this.over = true;
    void this.conclude();
  }

  /** An event could not be stored, or could not be: the run is over. */
  private fail(error: unknown): void {
    if (this.over) return;
    this.over = true;
    this.plan.ctx.abort(error instanceof Error ? error : new Error('The run failed.', { cause: error }));
    if (this.sink.started) void this.breakOff(error);
    else {
      this.sink.fail(error);
      void this.settle();
    }
  }

  private async breakOff(error: unknown): Promise<void> {
    const kept = this.delivery.hasShown() ? this.keepWithNote(CUT_OFF.brokenOff) : Promise.resolve();
    await this.withinGrace(kept, 'what was shown was not stored in time');
    this.sink.write(serialiseEvent(toErrorEvent(error, this.plan.ctx)));
    await this.settle();
  }

  private async keepWithNote(note: string): Promise<void> {
    await this.delivery.keepShown();
    await noteForModel(note, this.plan.ctx);
  }

  private async settle(): Promise<void> {
    await this.withinGrace(Promise.all(this.teardowns), 'a handler did not stop and was abandoned');
    await this.conclude();
  }

  /** The lock goes back before the response ends, so that the client's next request finds it free. */
  private async conclude(): Promise<void> {
    clearTimeout(this.timer);
    const { ctx } = this.plan;
    const fault = (error: unknown): void =>
      ctx.log.error({ err: error }, 'the record of a run could not be closed');
    try {
      const closed = ctx.services.store.closeRun(ctx, this.id);
      if (isPromise(closed)) {
        await this.withinGrace(closed.catch(fault), 'the record of a run was not closed in time');
      }
    } catch (error) {
      fault(error);
    }
    this.plan.onFinish();
    this.sink.end();
    this.concluded = true;
    for (const listener of this.listeners) listener();
    await disposeContainer(ctx);
  }

  private async withinGrace(work: Promise<unknown>, complaint: string): Promise<void> {
    const { ctx } = this.plan;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        ctx.log.warn({ graceMs: this.settings.cancelGrace }, complaint);
        resolve();
      }, this.settings.cancelGrace);
    });
    const done = work.catch((error: unknown) => ctx.log.error({ err: error }, 'stopping a run failed'));
    await Promise.race([done, patience]);
    clearTimeout(timer);
  }
}

function toOptionsEvent(stream_options: StreamOptions): EventDraft {
  return { type: 'stream_options', stream_options };
}
