import { setImmediate } from 'node:timers/promises';

/** The promise that `approvalRequest()` returns; it reports when the workflow begins to wait for it. */
class Answer extends Promise<boolean> {
  /** Derived promises are plain ones. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  private onAwaited: (() => void) | undefined;

  static of(asked: Promise<boolean>, onAwaited: () => void): Answer {
    const answer = new Answer((resolve) => resolve(asked));
    void answer.then(undefined, () => undefined); // if it is never awaited, it must not end the process
    answer.onAwaited = onAwaited;
    return answer;
  }

  /** `await` and `Promise.all` call this too. */
  override then<A = boolean, B = never>(
    onAnswer?: ((isAccepted: boolean) => A | PromiseLike<A>) | null,
    onError?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    this.onAwaited?.();
    return super.then(onAnswer, onError);
  }
}

/**
 * The questions of a turn whose answers the workflow does not wait for. It may wait later, as in
 * `const answer = approvalRequest(…); await prepare(); if (await answer) …`. But if it ends, or starts
 * another run first, an `await` was forgotten: a promise is truthy in an `if`.
 */
export class OpenQuestions {
  private readonly open = new Set<symbol>();
  private wake: (() => void) | undefined;

  /** @param onLeft called if the workflow continues without an answer */
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

  /** Must be called before each run and step. Checks later that the workflow waits for the answers. */
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

  /** Resolves when the workflow waits for all answers, or has continued without one. */
  async settled(): Promise<void> {
    if (this.areOpen) await new Promise<void>((resolve) => (this.wake = resolve));
  }
}
