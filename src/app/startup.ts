import type { Logger } from '../context';
import { UnavailableError } from '../errors';

/** The pauses between two attempts, in milliseconds. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/**
 * Makes an app ready, and retries until it succeeds: a database may be locked or unreachable when the server
 * starts. Requests wait for the first attempt; after it has failed they are refused until one succeeds.
 */
export class Startup {
  /** Whether requests need not wait. */
  isReady = false;
  private trying: Promise<void> | undefined;
  /** How the last attempt failed, and when the next one is, in milliseconds since the epoch. */
  private failure: { readonly error: unknown; readonly nextTry: number } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private pause = FIRST_PAUSE;
  private stopped = false;

  /**
   * @param work called again if it fails
   * @param then called once, when the app is ready, unless it was stopped before
   */
  constructor(
    private readonly work: () => Promise<void>,
    private readonly logger: Logger,
    private readonly then: () => void,
  ) {
    this.try();
  }

  /**
   * Resolves when the app is ready; `undefined` if it already is.
   *
   * @throws UnavailableError `not_ready`, or rejects with it, if the last attempt failed
   */
  untilReady(): Promise<void> | undefined {
    if (this.failure !== undefined) throw this.notReady();
    return this.trying?.catch(() => {
      throw this.notReady();
    });
  }

  /** Resolves when the app is ready; rejects with the error of the last attempt. */
  async ready(): Promise<void> {
    await this.trying;
    if (this.failure !== undefined) throw this.failure.error;
  }

  /** Prevents further attempts. Resolves when the current one has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.trying?.catch(() => undefined);
  }

  private try(): void {
    const trying = this.work();
    this.trying = trying;
    trying.then(
      () => {
        this.failure = undefined;
        this.trying = undefined;
        this.isReady = true;
        if (!this.stopped) this.then();
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
