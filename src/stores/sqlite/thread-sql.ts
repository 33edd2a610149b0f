import { listSql } from './list-sql';

const COLUMNS = 'owner, text';

/** owner, place, limit */
export const LIST = listSql(COLUMNS, 'FROM chatkit_threads WHERE owner = ?');

/** place, limit */
export const LIST_ALL = listSql(COLUMNS, 'FROM chatkit_threads WHERE true');
