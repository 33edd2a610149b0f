import type { Logger } from '../context';
import { UnavailableError } from '../errors';

/** The pauses between two tries, in milliseconds. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/**
 * Makes an app ready, and tries again until it is: a database may be locked or away when the server
 * starts. Requests wait for the first try, and while that has failed they are refused.
 */
export class Startup {
  /** Whether requests need not wait. */
  isReady = false;
  private trying: Promise<void> | undefined;
  /** What the last try has failed with. */
  private failure: { readonly error: unknown; readonly nextTry: number } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private pause = FIRST_PAUSE;
  private stopped = false;

  /**
   * @param work is called again, from its beginning, when it has failed
   * @param then is called once, when the app is ready
   */
  constructor(
    private readonly work: () => Promise<void>,
    private readonly logger: Logger,
    private readonly then: () => void,
  ) {
    this.try();
  }

  /**
   * What a request has to wait for; `undefined` when the app is ready.
   *
   * @throws UnavailableError `not_ready`, here or later
   */
  untilReady(): Promise<void> | undefined {
    if (this.failure !== undefined) throw this.notReady();
    return this.trying?.catch(() => {
      throw this.notReady();
    });
  }

  /** Resolves when the app is ready; rejects with what the last try has failed with. */
  async ready(): Promise<void> {
    await this.trying;
    if (this.failure !== undefined) throw this.failure.error;
  }

  /** Tries no more. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private try(): void {
    const trying = this.work();
    this.trying = trying;
    trying.then(
      () => {
        this.failure = undefined;
        this.trying = undefined;
        this.isReady = true;
        this.then();
      },
      (error: unknown) => this.failed(error),
    );
  }

  private failed(error: unknown): void {
    this.trying = undefined;
    this.failure = { error, nextTry: Date.now() + this.pause };
    if (this.stopped) return;
    this.logger.error({ err: error, retryInMs: this.pause }, 'the store could not be started');
    this.timer = setTimeout(() => this.try(), this.pause).unref();
    this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
  }

  private notReady(): UnavailableError {
    const wait = (this.failure?.nextTry ?? 0) - Date.now();
    return new UnavailableError('The chat is starting. Try again in a moment.', {
      code: 'not_ready',
      allowRetry: true,
      retryAfter: Math.max(1, Math.ceil(wait / 1000)),
    });
  }
}
