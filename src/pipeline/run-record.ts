import type { RunContext } from '../context';
import type { AssistantMessageItem } from '../protocol';
import { forgetPartialAnswer, isPromise, keepPartialAnswer, type Awaitable, timeText } from '../store';
import { noteIdOf } from './keep-shown';
import type { LeftRun } from './left-runs';
import type { Outbox } from './outbox';
import type { RunSettings } from './run-plan';

/**
 * What tells the next start of a run that its process did not end: it is stored before anything of the
 * run is, and deleted when the run is over. A store that commits later than it is called leaves it out
 * where the run is over by then and all it stored is in the same commit: there is no moment at which a
 * crash could leave a part of that run.
 */
export class RunRecord {
  private readonly id: string;
  /** `given`: to a store that has not said yet whether it writes it. */
  private state: 'none' | 'given' | 'open' | 'left out' | 'closed' = 'none';
  /** What was shown when it was last kept, as JSON. */
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

  /** To be awaited before anything is stored or sent. */
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

  /** Keeps beside it what was shown of messages that are not done, unless nothing is new. */
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

  /** Deletes it, unless that is done. */
  close(ctx: RunContext): Awaitable<void> {
    if (this.state !== 'given' && this.state !== 'open') return;
    const { keeping } = this;
    if (keeping === undefined) return this.forget(ctx);
    return keeping.then(
      () => this.forget(ctx),
      () => this.forget(ctx),
    );
  }

  /** Leaves it to the next search for runs that were cut off. */
  leave(left: LeftRun | 'closing'): void {
    if (this.state === 'given' || this.state === 'open') this.settings.left.add(this.id, left);
  }

  /**
   * Deletes it in the commit of the last writes, where there is one that is waited for anyway. If that
   * fails, `close` does it. One that may yet be left out costs no write.
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
    return Promise.all([closed, forgotten]).then(() => undefined); // of two that fail, none is left unheard
  }

  private notClosed(error: unknown): never {
    this.state = 'open';
    throw error;
  }

  /** May be called several times: what the last commit was told is what holds. */
  private readonly isOver = (): boolean => {
    const isOver = this.outbox.isFinished;
    this.state = isOver ? 'left out' : 'open';
    return isOver;
  };
}
