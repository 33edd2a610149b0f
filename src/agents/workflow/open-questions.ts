import { setImmediate } from 'node:timers/promises';

/** What `approvalRequest()` returns: a promise that tells when the workflow begins to wait for it. */
class Answer extends Promise<boolean> {
  /** Promises that come of it are plain ones. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  private onAwaited: (() => void) | undefined;

  static of(asked: Promise<boolean>, onAwaited: () => void): Answer {
    const answer = new Answer((resolve) => resolve(asked));
    void answer.then(undefined, () => undefined); // one that is left must not bring the process down
    answer.onAwaited = onAwaited;
    return answer;
  }

  /** `await` and `Promise.all` come here too. */
  override then<A = boolean, B = never>(
    onAnswer?: ((isAccepted: boolean) => A | PromiseLike<A>) | null,
    onError?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.onAwaited?.();
    return super.then(onAnswer, onError);
  }
}

/**
 * The questions of a turn whose answers the workflow does not wait for. It may begin to wait later, as in
 * `const answer = approvalRequest(…); await prepare(); if (await answer) …`; but where it ends, or starts
 * another run first, an `await` was forgotten: a promise is true in an `if`.
 */
export class OpenQuestions {
  private readonly open = new Set<symbol>();
  private wake: (() => void) | undefined;

  /** @param onLeft called where the workflow goes on without an answer */
  constructor(private readonly onLeft: () => void) {}

  get areOpen(): boolean {
    return this.open.size > 0;
  }

  ask(asked: Promise<boolean>): Promise<boolean> {
    const id = Symbol();
    this.open.add(id);
    return Answer.of(asked, () => {
      this.open.delete(id);
      if (!this.areOpen) this.wake?.();
    });
  }

  /** Before the workflow does something else: what it begins at the same time may wait for all of it. */
  goOn(): void {
    if (!this.areOpen) return;
    void setImmediate().then(() => {
      if (this.areOpen) this.leave();
    });
  }

  leave(): void {
    this.open.clear();
    this.onLeft();
    this.wake?.();
  }

  /** Until the workflow waits for all answers, or has gone on without one. */
  async settled(): Promise<void> {
    if (this.areOpen) await new Promise<void>((resolve) => (this.wake = resolve));
  }
}
