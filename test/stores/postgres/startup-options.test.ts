import { Client } from 'pg';

import { startupOptions } from '../../../src/stores/postgres/startup-options';
import { describeWithPostgres } from '../../support/postgres';

describeWithPostgres('the options of a connection', (databases) => {
  test('let the server notice soon that a machine is gone, unless those of the application differ', async () => {
    const url = await databases.create();
    const client = new Client({
      ...startupOptions(url, { options: '-c tcp_user_timeout=5000' }, '-c work_mem=1MB'),
    });
    await client.connect();
    const { rows } = await client.query(`SELECT name, reset_val FROM pg_settings
      WHERE name IN ('tcp_keepalives_idle', 'tcp_user_timeout', 'work_mem') ORDER BY name`);
    expect(rows).toEqual([
      { name: 'tcp_keepalives_idle', reset_val: '10' },
      { name: 'tcp_user_timeout', reset_val: '5000' },
      { name: 'work_mem', reset_val: '1024' },
    ]);
    await client.end();
  });
});
