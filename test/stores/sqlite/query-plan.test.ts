import * as itemSql from '../../../src/stores/sqlite/item-sql';
import { migrate } from '../../../src/stores/sqlite/migrate';
import { connect } from './connect';

const { DELETE, DROP_GRAVE, FIND, LIST, LOAD, PLACE, UPDATE, UPSERT } = itemSql;
const connection = connect(':memory:', 'libsql');
migrate(connection);
afterAll(() => connection.close());

test.each(Object.entries({ DELETE, DROP_GRAVE, FIND, LOAD, PLACE, UPDATE, UPSERT, ...lists() }))(
  'the statement %s searches by index, and sorts nothing',
  (_, sql) => {
    const values = Array<null>(sql.split('?').length - 1).fill(null);
    const plan = connection.select(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
    expect(plan.map(({ detail }) => detail).join('\n')).not.toMatch(/SCAN chatkit|TEMP B-TREE/);
  },
);

function lists(): Record<string, string> {
  const { asc, desc } = LIST;
  return {
    'LIST.asc': asc.all,
    'LIST.desc': desc.all,
    'LIST typed': asc.typed,
    'LIST desc typed': desc.typed,
  };
}
