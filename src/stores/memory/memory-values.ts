import { type Page } from '../../protocol';
import { type BatchOptions, type KeyedValue, type PutOptions, type StoredValue } from '../../store';
import { batchOf } from '../batch';
import { jsonText } from '../json-value';

interface ValueRecord {
  text: string;
  version: number;
  expiresAt: number | undefined;
  threadId: string | undefined;
}

/** The key-value records of a {@link MemoryStore}. */
export class MemoryValues {
  readonly #byOwner = new Map<string, Map<string, ValueRecord>>();

  get(owner: string, key: string): StoredValue | undefined {
    const record = this.#live(owner, key);
    return record && { value: JSON.parse(record.text) as unknown, version: record.version };
  }

  put(owner: string, key: string, value: unknown, options: PutOptions = {}): number | undefined {
    const text = jsonText(value);
    const present = this.#live(owner, key)?.version ?? 0;
    if (options.ifVersion !== undefined && options.ifVersion !== present) return undefined;
    const version = present + 1;
    let values = this.#byOwner.get(owner);
    if (values === undefined) this.#byOwner.set(owner, (values = new Map<string, ValueRecord>()));
    const { expiresAt, threadId } = options;
    values.set(key, { text, version, expiresAt, threadId });
    return version;
  }

  delete(owner: string, key: string): void {
    const values = this.#byOwner.get(owner);
    if (values?.delete(key) === true && values.size === 0) this.#byOwner.delete(owner);
  }

  list(owner: string, { limit, after }: BatchOptions): Page<KeyedValue> {
    const now = Date.now();
    const found = [...(this.#byOwner.get(owner) ?? [])]
      .filter(([key, record]) => !hasExpired(record, now) && (after === undefined || key > after))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return batchOf(
      found,
      limit,
      ([key]) => key,
      ([key, { text }]) => ({ key, value: JSON.parse(text) as unknown }),
    );
  }

  deleteAllOfThread(owner: string, threadId: string): void {
    for (const [key, record] of this.#byOwner.get(owner) ?? []) {
      if (record.threadId === threadId) this.delete(owner, key);
    }
  }

  deleteAllOf(owner: string): void {
    this.#byOwner.delete(owner);
  }

  /** Deletes the values that have expired by `now`, and returns how many. */
  cleanUp(now: number): number {
    let removed = 0;
    for (const [owner, values] of this.#byOwner) {
      for (const [key, record] of values) {
        if (!hasExpired(record, now)) continue;
        this.delete(owner, key);
        removed += 1;
      }
    }
    return removed;
  }

  clear(): void {
    this.#byOwner.clear();
  }

  #live(owner: string, key: string): ValueRecord | undefined {
    const record = this.#byOwner.get(owner)?.get(key);
    return record === undefined || hasExpired(record, Date.now()) ? undefined : record;
  }
}

function hasExpired({ expiresAt }: ValueRecord, now: number): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}
