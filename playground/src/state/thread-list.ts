import type { ChatKitClient, Thread } from 'chatkit-controllers/client';
import { problemOf, type Problem } from './problem';
import { Store } from './store';

export interface ThreadListState {
  threads: readonly Thread[];
  /** The cursor of the next page; undefined if there is none. */
  after: string | undefined;
  loading: boolean;
  problem: Problem | undefined;
}

const PAGE = 30;

/** The user's threads, the newest first. */
export class ThreadList {
  readonly state = new Store<ThreadListState>({
    threads: [],
    after: undefined,
    loading: true,
    problem: undefined,
  });
  private asked = 0;

  constructor(private readonly client: ChatKitClient) {}

  /** Fetches the first page again; later pages must be requested again too. */
  async refresh(): Promise<void> {
    const asked = ++this.asked;
    try {
      const page = await this.client.threads.list({ limit: PAGE, order: 'desc' });
      if (asked !== this.asked) return;
      const after = page.has_more ? page.after : undefined;
      this.state.set({ threads: page.data, after, loading: false, problem: undefined });
    } catch (error) {
      if (asked === this.asked)
        this.state.update((state) => ({ ...state, loading: false, problem: problemOf(error) }));
    }
  }

  async more(): Promise<void> {
    const { after, loading } = this.state.get();
    if (after === undefined || loading) return;
    this.state.update((state) => ({ ...state, loading: true }));
    try {
      const page = await this.client.threads.list({ limit: PAGE, order: 'desc', after });
      this.state.update(({ threads }) => {
        const known = new Set(threads.map(({ id }) => id));
        return {
          threads: [...threads, ...page.data.filter(({ id }) => !known.has(id))],
          after: page.has_more ? page.after : undefined,
          loading: false,
          problem: undefined,
        };
      });
    } catch (error) {
      this.state.update((state) => ({ ...state, loading: false, problem: problemOf(error) }));
    }
  }

  /** @returns the error, if there is one */
  async rename(id: string, title: string): Promise<Problem | undefined> {
    try {
      const thread = await this.client.threads.update(id, { title });
      this.state.update((state) => ({
        ...state,
        threads: state.threads.map((each) => (each.id === id ? thread : each)),
      }));
      return undefined;
    } catch (error) {
      return problemOf(error);
    }
  }

  /** @returns the error, if there is one */
  async remove(id: string): Promise<Problem | undefined> {
    try {
      await this.client.threads.delete(id);
      this.state.update((state) => ({ ...state, threads: state.threads.filter((each) => each.id !== id) }));
      return undefined;
    } catch (error) {
      return problemOf(error);
    }
  }
}
