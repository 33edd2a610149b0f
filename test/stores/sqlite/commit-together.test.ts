import { join } from 'node:path';

import { commitTogether, type Work } from '../../../src/stores/sqlite/commit-together';
import { type Database } from '../../../src/stores/sqlite/database';
import { drivers } from '../drivers';
import { temporaryDirectories } from '../temporary';
import { connect } from './connect';

const newDirectory = temporaryDirectories();

describe.each(drivers())('writes of one transaction (%s)', (driver) => {
  let database: Database;
  let witness: Database;

  beforeEach(() => {
    const file = join(newDirectory(), 'chat.db');
    database = connect(file, driver);
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE numbers (n INTEGER PRIMARY KEY)');
    witness = connect(file, driver);
  });
  afterEach(() => {
    database.close();
    witness.close();
  });

  const stored = (): unknown[] =>
    (witness.select('SELECT n FROM numbers ORDER BY n').all() as { n: number }[]).map(({ n }) => n);
  const insert = (n: number) => () => database.change('INSERT INTO numbers (n) VALUES (?)').run(n);

  const commit = (works: Work[], isAll = true) => commitTogether(database, works, isAll);

  /** Changes something before it fails. */
  const insertAndThrow = (n: number) => () => {
    insert(n)();
    throw new Error(`no ${String(n)}`);
  };

  test('one that fails leaves nothing, and leaves the others alone', () => {
    let seen: unknown;
    const outcomes = commit([insert(1), insertAndThrow(2), () => (seen = stored()), insert(3), insert(3)]);
    expect(outcomes).toMatchObject([
      { value: 1 },
      { error: { message: 'no 2' } },
      { value: [] },
      { value: 1 },
      { error: { message: expect.stringMatching(/unique/i) } },
    ]);
    expect(seen).toEqual([]); // other connections see nothing before the commit
    expect(stored()).toEqual([1, 3]);
  });

  test('each is told whether all that was asked for is in its transaction, also when it is tried again', () => {
    const told: boolean[] = [];
    const tell = (isAll: boolean) => void told.push(isAll);
    commit([tell]);
    commit([tell, insertAndThrow(1)]);
    commit([tell], false);
    expect(told).toEqual([true, true, true, false]);
  });

  test('one that fails alone leaves nothing', () => {
    expect(commit([insertAndThrow(1)])).toMatchObject([{ error: { message: 'no 1' } }]);
    expect(stored()).toEqual([]);
  });

  test('where SQLite rolls everything back by itself, nothing that comes later is stored', () => {
    const rollBack = (): never => {
      database.exec('ROLLBACK');
      throw new Error('disk is full');
    };
    expect(() => commit([insert(1), rollBack, insert(2)])).toThrow('disk is full');
    expect(stored()).toEqual([]);
    commit([insert(4)]);
    expect(stored()).toEqual([4]);
  });
});
