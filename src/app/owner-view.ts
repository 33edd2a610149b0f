import { RunContext, type ScopedStore } from '../context';
import { inBatches, threadKey, type StoreScope } from '../store';
import type { AppParts } from './app-parts';

/** Access to the stored data of the user of a request: for tools such as the playground, not for the chat. */
export class OwnerView<TRequest> {
  constructor(private readonly parts: AppParts<TRequest>) {}

  /**
   * The store, bound to the user of the request; it returns hidden items too.
   *
   * @throws UnauthorizedError
   */
  async storeOf(request: TRequest): Promise<ScopedStore> {
    const { identity, services } = this.parts;
    const who = await identity.of(request);
    const requestId = services.generateId('run');
    const init = { operation: 'app.as', requestId, locale: 'en', metadata: {} } as const;
    return new RunContext({ ...init, ...who }, services).store;
  }

  /**
   * The scope for calls of the store on behalf of the user of the request.
   *
   * @throws UnauthorizedError
   */
  async scopeOf(request: TRequest): Promise<StoreScope> {
    return { ...(await this.parts.identity.of(request)), signal: new AbortController().signal };
  }

  /**
   * Resolves when a thread of the user has no run in this process.
   *
   * @throws UnauthorizedError
   */
  async whenEnded(request: TRequest, threadId: string): Promise<void> {
    const { owner } = await this.parts.identity.of(request);
    await this.parts.env.runs.whenEnded(threadKey(owner, threadId));
  }

  /**
   * Whether a thread of the user has a run: in this process, or in another one on the same store.
   *
   * @throws UnauthorizedError
   */
  async isRunning(request: TRequest, threadId: string): Promise<boolean> {
    const { identity, env, services } = this.parts;
    const { owner } = await identity.of(request);
    if (env.runs.has(threadKey(owner, threadId))) return true;
    const { admin } = services.store;
    if (admin === undefined) return false;
    for await (const run of inBatches((options) => admin.listOpenRuns(options))) {
      if (run.owner === owner && run.thread_id === threadId) return true;
    }
    return false;
  }
}
