import type { OpenRun, OpenRunOptions, Store } from '../../src/store';
import { PersistentStore } from './persistent-store';

/** What becomes of a commit: it is made, now or some turns later; it fails; or one write in it fails. */
export type CommitOutcome = 'made' | 'late' | 'fails' | 'one fails';

const WRITES = new Set<PropertyKey>([
  'saveItem',
  'deleteItem',
  'patchThread',
  'openRun',
  'closeRun',
  'putValue',
  'deleteValue',
]);

interface Write {
  method: string;
  run: () => unknown;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

const TURNS_LATE = 5;

/**
 * A store that commits all writes of a turn of the event loop together when the turn is over. Each commit
 * has the next of the given outcomes; when there are none left, it is made.
 */
export class OrderedStore {
  readonly memory = new PersistentStore();
  commits = 0;
  /** Called when a commit has been made or has failed, before those who wait for it hear of it. */
  onCommit: (() => void) | undefined;
  /** The methods whose writes failed alone, and those whose writes were made. */
  readonly failed: string[] = [];
  readonly made = new Set<string>();
  private readonly waiting: Write[] = [];
  private isScheduled = false;

  constructor(private readonly outcomes: CommitOutcome[] = []) {}

  /** The store as an application is given it. */
  readonly store: Store = new Proxy<Store>(this.memory, {
    get: (target, key) => {
      if (key === 'writesInOrder') return true;
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      if (WRITES.has(key)) return (...args: unknown[]) => this.write(key as string, args);
      return (...args: unknown[]) => (value as (...all: unknown[]) => unknown).apply(target, args);
    },
  });

  private write(method: string, args: unknown[]): Promise<unknown> {
    const call = Reflect.get(this.memory, method) as (...all: unknown[]) => unknown;
    const run = (): unknown => {
      const options = args[2] as OpenRunOptions | undefined;
      if (method === 'openRun' && options?.isOver?.() === true) return undefined;
      return call.apply(this.memory, args);
    };
    return new Promise((resolve, reject) => {
      this.waiting.push({ method, run, resolve, reject });
      if (this.isScheduled) return;
      this.isScheduled = true;
      setImmediate(() => this.turn(0));
    });
  }

  private turn(late: number): void {
    if (late === 0 && this.outcomes[0] === 'late') late = TURNS_LATE;
    if (late > 1) {
      setImmediate(() => this.turn(late - 1));
      return;
    }
    this.isScheduled = false;
    this.commits += 1;
    const outcome = this.outcomes.shift() ?? 'made';
    const group = this.waiting.splice(0);
    if (outcome === 'fails') {
      this.onCommit?.();
      for (const { reject } of group) reject(new Error('disk is full'));
      return;
    }
    const fails = outcome === 'one fails' ? group.find(({ method }) => method === 'saveItem') : undefined;
    const settle = group.map((write) => this.execute(write, write === fails));
    this.onCommit?.();
    for (const tell of settle) tell();
  }

  private execute({ method, run, resolve, reject }: Write, fails: boolean): () => void {
    try {
      if (fails) {
        this.failed.push(method);
        throw new Error('one write failed');
      }
      const value = run();
      this.made.add(method);
      return () => resolve(value);
    } catch (error) {
      return () => reject(error);
    }
  }

  openRuns(): OpenRun[] {
    return this.memory.admin.listOpenRuns({ limit: 9 }).data;
  }
}
