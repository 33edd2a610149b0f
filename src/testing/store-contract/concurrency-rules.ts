import assert from 'node:assert/strict';

import { type Page } from '../../protocol';
import { type Awaitable, type ListOptions } from '../../store';
import { type Rules } from './contract-case';
import { assertSame, newItem, newThread, type Kit } from './kit';

type Load = (options: ListOptions) => Awaitable<Page<{ id: string }>>;

const WRITERS = 4;
const EACH = 12;

/** Calls at the same time must not affect each other. */
export const concurrencyRules: Rules = {
  'a reader that follows the pages of items during writes sees each item once, in the order of the list':
    async (kit) => {
      const { id } = await kit.thread();
      await follow(
        (options) => kit.store.listItems(kit.scope, id, options),
        () => kit.item(id),
      );
    },
  'a reader that follows the pages of threads during writes sees each thread once, in the order of the list':
    async (kit) => {
      await follow(
        (options) => kit.store.listThreads(kit.scope, options),
        () => kit.thread(),
      );
    },
  'items that are saved at the same time have one order, and the descending list is its reverse': async (
    kit,
  ) => {
    const { id } = await kit.thread();
    const items = Array.from({ length: 20 }, () => newItem(id));
    await Promise.all(items.map((item) => kit.save(item)));
    const asc = await idsOf(kit, id, 'asc');
    assertSame(await idsOf(kit, id, 'desc'), asc.toReversed());
    assertSame(asc.toSorted(), items.map((item) => item.id).toSorted());
    if (kit.store.writesInOrder === true) {
      assertSame(
        asc,
        items.map((item) => item.id),
      );
    }
  },
  'concurrent saves of an item each get their own version, and the last one is kept': async (kit) => {
    const { id } = await kit.thread();
    const item = newItem(id);
    const texts = Array.from({ length: 10 }, (_, n) => String(n));
    const versions = await Promise.all(texts.map((copy_text) => kit.save({ ...item, copy_text })));
    assertSame(
      versions.toSorted((a, b) => a - b),
      texts.map((_, n) => n + 1),
    );
    const last = texts[versions.indexOf(texts.length)];
    assertSame(await kit.store.loadItem(kit.scope, id, item.id), {
      item: { ...item, copy_text: last },
      version: texts.length,
    });
  },
  'a refused write does not affect writes that are made at the same time': async (kit) => {
    const { id } = await kit.thread();
    const [one, other] = [newItem(id), newItem(id)];
    const outcomes = await Promise.allSettled([
      kit.save(one),
      kit.save(newItem(newThread().id)),
      kit.save(newItem(id), 7),
      kit.save(other),
    ]);
    assertSame(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
    );
    assertSame((await idsOf(kit, id, 'asc')).toSorted(), [one.id, other.id].toSorted());
  },
};

/** Reads page after page, until all entries that the writers add have been seen. */
async function follow(load: Load, add: () => Promise<unknown>): Promise<void> {
  const writers = Array.from({ length: WRITERS }, async () => {
    for (let count = 0; count < EACH; count += 1) await add();
  });
  const writing = { isOver: false };
  const written = Promise.all(writers).finally(() => (writing.isOver = true));
  written.catch(() => undefined); // awaited below
  const seen: string[] = [];
  for (;;) {
    const wasOver = writing.isOver;
    const page = await load({ limit: 3, order: 'asc', after: seen.at(-1) });
    seen.push(...page.data.map(({ id }) => id));
    if (wasOver && !page.has_more) break;
    await new Promise(setImmediate);
  }
  await written;
  const all = await load({ limit: WRITERS * EACH, order: 'asc' });
  assertSame(
    seen,
    all.data.map(({ id }) => id),
  );
  assert.equal(seen.length, WRITERS * EACH);
}

async function idsOf({ store, scope }: Kit, threadId: string, order: 'asc' | 'desc'): Promise<string[]> {
  const { data } = await store.listItems(scope, threadId, { limit: 100, order });
  return data.map(({ id }) => id);
}
