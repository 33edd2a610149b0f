import type * as Sqlite from '../../../src/stores/sqlite';
import type * as LibsqlDriver from '../../../src/stores/sqlite/libsql-driver';

/** The store of a Node without SQLite, with or without the package `libsql`. */
function storeWithout(missing: { libsql: boolean }): typeof Sqlite {
  jest.resetModules();
  jest.doMock('../../../src/stores/sqlite/node-driver', () => ({ nodeDriver: () => undefined }));
  jest.doMock('../../../src/stores/sqlite/libsql-driver', () => ({
    libsqlDriver: missing.libsql
      ? () => undefined
      : jest.requireActual<typeof LibsqlDriver>('../../../src/stores/sqlite/libsql-driver').libsqlDriver,
  }));
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the module as it loads under these mocks
  return require('../../../src/stores/sqlite') as typeof Sqlite;
}

describe('the driver of SqliteStore', () => {
  afterEach(() => jest.resetModules());

  test('without any driver the error says what to install', () => {
    const { SqliteStore } = storeWithout({ libsql: true });
    expect(() => new SqliteStore(':memory:')).toThrow(
      expect.objectContaining({
        code: 'sqlite_driver_missing',
        message: expect.stringContaining('npm install libsql'),
      }),
    );
  });

  test("Node's own driver on a Node without one is an error that names the Node", () => {
    const { SqliteStore } = storeWithout({ libsql: false });
    expect(() => new SqliteStore(':memory:', { driver: 'node:sqlite' })).toThrow(
      `Node ${process.versions.node} has no built-in SQLite`,
    );
  });

  test('libsql serves where Node has no SQLite', () => {
    const { SqliteStore } = storeWithout({ libsql: false });
    const store = new SqliteStore(':memory:');
    const scope = { owner: 'ann', requestContext: undefined, signal: new AbortController().signal };
    expect(() => store.loadThread(scope, 't1')).toThrow('Thread "t1" was not found.');
    store.close();
  });
});
