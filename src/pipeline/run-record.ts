import type { RunContext } from '../context';
import type { AssistantMessageItem } from '../protocol';
import { forgetPartialAnswer, isPromise, keepPartialAnswer, type Awaitable, timeText } from '../store';
import { noteIdOf } from './keep-shown';
import type { LeftRun } from './left-runs';
import type { Outbox } from './outbox';
import type { RunSettings } from './run-plan';

/**
 * The record of a run. If the process dies during the run, the record tells the next start. It is stored
 * before the handler is called, and deleted when the run has ended. A store that commits later than it is
 * called skips the record if the run has ended by then and all its writes are in the same commit: then a
 * crash cannot leave a part of that run.
 */
export class RunRecord {
  private readonly id: string;
  /** `given`: the store has it, but has not decided yet whether to write it. */
  private state: 'none' | 'given' | 'open' | 'left out' | 'closed' = 'none';
  /** What was shown when it was last stored, as JSON. */
  private kept: string | undefined;
  private keeping: Promise<unknown> | undefined;

  constructor(
    private readonly ctx: RunContext,
    private readonly outbox: Outbox,
    private readonly settings: Pick<RunSettings, 'instance' | 'left'>,
  ) {
    this.id = ctx.services.generateId('run');
  }

  get noteId(): string {
    return noteIdOf(this.id);
  }

  /** Await the result before anything is stored or sent. */
  open(): Promise<void> | undefined {
    const { ctx } = this;
    this.state = 'given';
    const opened = ctx.services.store.openRun(
      ctx,
      {
        id: this.id,
        thread_id: ctx.threadId,
        instance: this.settings.instance,
        started_at: timeText(ctx.services.now),
      },
      { isOver: this.isOver },
    );
    return isPromise(opened) ? this.outbox.handedOver(opened) : undefined;
  }

  /** Stores the shown parts of unfinished messages beside the record, if they have changed. */
  async keep(shown: readonly AssistantMessageItem[]): Promise<void> {
    if (this.state !== 'open' || this.keeping !== undefined) return;
    const text = JSON.stringify(shown);
    if (text === (this.kept ?? '[]')) return;
    this.kept = text;
    const { ctx } = this;
    const run = { id: this.id, threadId: ctx.threadId };
    this.keeping = Promise.resolve(keepPartialAnswer(ctx.services.store, ctx, run, shown));
    try {
      await this.keeping;
    } finally {
      this.keeping = undefined;
    }
  }

  /** Deletes the record, if it exists. */
  close(ctx: RunContext): Awaitable<void> {
    if (this.state !== 'given' && this.state !== 'open') return;
    const { keeping } = this;
    if (keeping === undefined) return this.forget(ctx);
    return keeping.then(
      () => this.forget(ctx),
      () => this.forget(ctx),
    );
  }

  /** Leaves the record to the next search for interrupted runs. */
  leave(left: LeftRun | 'closing'): void {
    if (this.state === 'given' || this.state === 'open') this.settings.left.add(this.id, left);
  }

  /**
   * Deletes the record in the commit of the last writes, if the run waits for one anyway. If that fails,
   * `close` retries. A record that may still be skipped costs no write.
   */
  closeWithLastWrites(): Promise<void> | undefined {
    if (this.state !== 'open') return undefined;
    const closed = this.forget(this.ctx);
    this.state = 'closed';
    return isPromise(closed) ? closed.catch((error: unknown) => this.notClosed(error)) : undefined;
  }

  private forget(ctx: RunContext): Awaitable<void> {
    const { store } = ctx.services;
    const closed = store.closeRun(ctx, this.id);
    if (this.kept === undefined) return closed;
    const forgotten = forgetPartialAnswer(store, ctx, this.id);
    if (!isPromise(closed)) return forgotten;
    return Promise.all([closed, forgotten]).then(() => undefined); // handles the rejections of both
  }

  private notClosed(error: unknown): never {
    this.state = 'open';
    throw error;
  }

  /** May be called several times: the result of the last call counts. */
  private readonly isOver = (): boolean => {
    const isOver = this.outbox.isFinished;
    this.state = isOver ? 'left out' : 'open';
    return isOver;
  };
}
