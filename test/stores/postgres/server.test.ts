import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { describeWithPostgres, run } from '../../support/postgres';
import { findServer } from '../../support/postgres/find';

describeWithPostgres('the PostgreSQL server of the tests', (databases) => {
  test('makes databases apart from each other', async () => {
    const [one, other] = [await databases.create(), await databases.create()];
    await run(one, 'CREATE TABLE here (n int)');
    expect(await run(other, `SELECT to_regclass('here') AS here`)).toEqual([{ here: null }]);
  });

  test('ends when the process that wanted it is killed', async () => {
    const found = findServer();
    if ('problem' in found || process.platform !== 'linux') {
      process.stderr.write('Not tested: the end of the server, seen in /proc.\n');
      return;
    }
    const ids = found.user === undefined ? [] : [String(found.user.uid), String(found.user.gid)];
    const script = `
      const { spawn } = require('node:child_process');
      const owner = spawn(process.execPath, ${JSON.stringify([join(__dirname, '../../support/postgres/owner.mjs'), found.initdb, ...ids])},
        { stdio: ['pipe', 'inherit', 'inherit'], detached: true });
      setInterval(() => owner, 1000);`;
    const tests = spawn(process.execPath, ['-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    const lines = createInterface(tests.stdout);
    const { pid } = JSON.parse(((await once(lines, 'line')) as [string])[0]) as { pid: number };
    expect(readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')).toContain('postgres');
    process.kill(-(tests.pid ?? 0), 'SIGKILL'); // the whole group
    await once(lines, 'close'); // stdout is held by the owner as well: it is closed when that has ended
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});
