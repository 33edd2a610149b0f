import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { SqliteStore } from '../../../src/stores/sqlite';
import { drivers } from '../drivers';
import { scopeOf, threadOf, widgetOf } from '../fixtures';
import { temporaryDirectories } from '../temporary';
import type { Report } from './rival-process';

const newDirectory = temporaryDirectories();
const scope = scopeOf('ann');
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill();
});

/** Starts processes, lets them begin together, and returns what each reports. */
async function together(script: string, commonArguments: string[], count: number): Promise<unknown[]> {
  const started = Array.from({ length: count }, (_, index) =>
    fork(join(__dirname, script), [...commonArguments, `process ${String(index)}`], {
      execArgv: ['--import', 'tsx', '--disable-warning=ExperimentalWarning'],
      cwd: join(__dirname, '../../..'),
    }),
  );
  children.push(...started);
  const next = async (child: ChildProcess): Promise<unknown> => {
    const exit = once(child, 'exit').then(([code]) => {
      throw new Error(`The process ended with code ${String(code)} and no report.`);
    });
    exit.catch(() => undefined); // the usual end, after the report
    const [message] = (await Promise.race([once(child, 'message'), exit])) as [unknown];
    return message;
  };
  await Promise.all(started.map(next));
  const reports = started.map(next);
  for (const child of started) child.send('go');
  return Promise.all(reports);
}

describe.each(drivers())('processes that share a file (%s)', (driver) => {
  test('each conditional write of several processes has exactly one winner', async () => {
    const file = join(newDirectory(), 'chat.db');
    const store = new SqliteStore(file, { driver });
    await store.createThread(scope, threadOf('t1'));
    const counter = widgetOf('counter', 't1');
    await store.saveItem(scope, counter, JSON.stringify(counter));

    const reports = (await together('rival-process.ts', [file, driver], 3)) as Report[];

    const all = Array.from({ length: 100 }, (_, round) => String(round)).sort();
    expect(reports.flatMap(({ keys }) => keys).sort()).toEqual(all);
    expect(reports.flatMap(({ items }) => items).sort()).toEqual(all);
    const versions = reports.flatMap((report) => report.versions).sort((a, b) => a - b);
    expect(versions).toEqual(versions.map((_, index) => index + 2));
    expect((await store.loadItem(scope, 't1', 'counter')).version).toBe(versions.length + 1);
    for (const [index, { keys }] of reports.entries()) {
      for (const key of keys)
        expect((await store.getValue(scope, key))?.value).toBe(`process ${String(index)}`);
    }
    store.close();
  });

  test('processes that start at once on a new file make its schema once', async () => {
    const file = join(newDirectory(), 'new', 'chat.db');
    await together('opening-process.ts', [file, driver], 4);
    const store = new SqliteStore(file, { driver });
    expect((await store.listThreads(scope, { limit: 9, order: 'asc' })).data).toHaveLength(4);
    store.close();
  });
});
