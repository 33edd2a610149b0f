import { join } from 'node:path';

import { observedStore } from '../../src/app/observed/observed-store';
import type { Telemetry } from '../../src/context';
import { type Store } from '../../src/store';
import { MemoryStore } from '../../src/stores';
import { SqliteStore } from '../../src/stores/sqlite';
import { storeContract } from '../../src/testing';
import { drivers } from './drivers';
import { temporaryDirectories } from './temporary';

const newDirectory = temporaryDirectories();

/** Telemetry that records nothing. */
const UNSEEN: Telemetry = {
  begin: () => ({ run: (work) => work(), note: () => undefined, end: () => undefined }),
};

const stores: [name: string, create: () => Store][] = [
  ['MemoryStore', () => new MemoryStore()],
  ['MemoryStore, observed', () => observedStore(new MemoryStore(), UNSEEN)],
  ...drivers().flatMap((driver): [string, () => Store][] => [
    [`SqliteStore in a file (${driver})`, () => new SqliteStore(join(newDirectory(), 'chat.db'), { driver })],
    [`SqliteStore in memory (${driver})`, () => new SqliteStore(':memory:', { driver })],
  ]),
];

describe.each(stores)('%s', (_, create) => {
  for (const { name, run } of storeContract(create)) test(name, run);
});
