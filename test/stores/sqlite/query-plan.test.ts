import * as itemSql from '../../../src/stores/sqlite/item-sql';
import { LIST as LIST_THREADS, LIST_ALL as LIST_ALL_THREADS } from '../../../src/stores/sqlite/thread-sql';
import {
  FORGET_OWNER,
  LIST_ATTACHMENTS,
  LIST_MORE_VALUES,
  LIST_VALUES,
} from '../../../src/stores/sqlite/owner-sql';
import { migrate } from '../../../src/stores/sqlite/migrate';
import { connect } from './connect';

const { DELETE, DROP_GRAVE, FIND, LIST, LIST_TYPED, LOAD, PLACE, UPDATE, UPSERT } = itemSql;
const [FORGET_1, FORGET_2, FORGET_3] = FORGET_OWNER;
const connection = connect(':memory:', 'libsql');
migrate(connection);
afterAll(() => connection.close());

test.each(
  Object.entries({
    DELETE,
    DROP_GRAVE,
    FIND,
    LOAD,
    PLACE,
    UPDATE,
    UPSERT,
    FORGET_1,
    FORGET_2,
    FORGET_3,
    LIST_ATTACHMENTS,
    LIST_VALUES,
    LIST_MORE_VALUES,
    ...lists(),
  }),
)('the statement %s searches by index, and sorts nothing', (_, sql) => {
  const values = Array<null>(sql.split('?').length - 1).fill(null);
  const plan = connection.select(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join('\n')).not.toMatch(/SCAN chatkit|TEMP B-TREE/);
});

function lists(): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ LIST, LIST_TYPED, LIST_THREADS, LIST_ALL_THREADS }).flatMap(([name, { asc, desc }]) => [
      [`${name} asc sizes`, asc.sizes],
      [`${name} asc entries`, asc.entries],
      [`${name} desc sizes`, desc.sizes],
      [`${name} desc entries`, desc.entries],
    ]),
  );
}
