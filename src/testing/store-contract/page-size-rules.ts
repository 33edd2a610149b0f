import assert from 'node:assert/strict';

import { type Page } from '../../protocol';
import { PAGE_BYTES, type Awaitable, type ListOptions } from '../../store';
import { type Rules } from './contract-case';
import { assertSame, newThread, type Kit } from './kit';

type Load = (options: ListOptions) => Awaitable<Page<{ id: string }>>;

/** Lengths of texts whose characters have three bytes each, so that bytes and characters differ. */
const LENGTHS = [10, 1000, 10, 10, 2000, 1000, 10];

export const pageSizeRules: Rules = {
  'pages of items are limited by bytes as well, and none is empty': async (kit) => {
    const { id } = await kit.thread();
    const items = [];
    for (const length of LENGTHS) items.push(await kit.item(id, { copy_text: '中'.repeat(length) }));
    await assertPages(items, (options) => kit.store.listItems(kit.scope, id, options));
  },
  'pages of threads are limited by bytes as well, and none is empty': async (kit) => {
    const threads = await threadsOf(kit, LENGTHS);
    await assertPages(threads, (options) => kit.store.listThreads(kit.scope, options));
  },
  'pages of the threads of all owners are limited by bytes as well, and none is empty': async (kit) => {
    const { admin } = kit.store;
    if (admin === undefined) return;
    const ids = (await threadsOf(kit, [3000, 3000])).map(({ id }) => id);
    const options = { limit: 10, order: 'desc' } as const;
    const page = await admin.listThreads({ ...options, maxBytes: 10_000 });
    assert(page.data.length === 1 && page.has_more, 'a page should have one entry of nine kilobytes');
    const found: string[] = [];
    for (let after: string | undefined; !ids.every((id) => found.includes(id)); after = found.at(-1)) {
      const one: Page<{ id: string }> = await admin.listThreads({ ...options, maxBytes: 1, after });
      assert.equal(one.data.length, 1);
      found.push(...one.data.map(({ id }) => id));
    }
  },
  'a page has a few megabytes by default': async (kit) => {
    const { id } = await kit.thread();
    const large = 'x'.repeat(0.7 * PAGE_BYTES);
    for (let count = 0; count < 2; count += 1) {
      await kit.item(id, { copy_text: large });
      await kit.store.createThread(kit.scope, newThread({ metadata: { large } }));
    }
    const options = { limit: 100, order: 'desc' } as const;
    const items = await kit.store.listItems(kit.scope, id, options);
    const threads = await kit.store.listThreads(kit.scope, options);
    const all = await kit.store.admin?.listThreads(options);
    for (const page of [items, threads, all ?? threads]) {
      assertSame([page.data.length, page.has_more], [1, true]);
    }
  },
};

async function threadsOf(kit: Kit, lengths: readonly number[]) {
  const threads = [];
  for (const length of lengths) threads.push(await kit.thread({ metadata: { text: '中'.repeat(length) } }));
  return threads;
}

/** Asserts that the pages contain all entries, each once and in order, and end where they should. */
async function assertPages(entries: readonly { id: string }[], load: Load): Promise<void> {
  for (const order of ['asc', 'desc'] as const) {
    const all = order === 'asc' ? entries : entries.toReversed();
    for (const maxBytes of [1, 2500, 7000, 1_000_000]) {
      for (const limit of [2, 10]) {
        let seen = 0;
        for (let after: string | undefined; seen < all.length; after = all[seen - 1]?.id) {
          const { data, has_more } = await load({ limit, maxBytes, order, after });
          const expected = all.slice(seen, seen + data.length);
          assertSame(
            data.map(({ id }) => id),
            expected.map(({ id }) => id),
          );
          seen += data.length;
          assert.equal(has_more, seen < all.length);
          assertSize(expected, all[seen], limit, maxBytes);
        }
      }
    }
  }
}

/** A store may measure another form of the text, and so end a page a little earlier. */
function assertSize(
  page: readonly object[],
  next: object | undefined,
  limit: number,
  maxBytes: number,
): void {
  assert(page.length > 0, 'a page is empty, but the list has more entries');
  if (page.length > 1) assert(bytesOf(page) <= maxBytes, `a page is larger than ${String(maxBytes)} bytes`);
  if (page.length < limit && next !== undefined) {
    assert(2 * bytesOf([...page, next]) > maxBytes, 'a page ends long before it reaches its bytes');
  }
}

function bytesOf(entries: readonly object[]): number {
  return entries.reduce((sum, entry) => sum + Buffer.byteLength(JSON.stringify(entry)), 0);
}
