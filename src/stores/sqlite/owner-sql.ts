/** owner, place, limit */
export const LIST_ATTACHMENTS =
  'SELECT seq, text FROM chatkit_attachments WHERE owner = ? AND seq > ? ORDER BY seq LIMIT ?';

/** owner, key, now, limit */
const listValues = (beyond: '>' | '>='): string => `SELECT key, text FROM chatkit_values
  WHERE owner = ? AND key ${beyond} ? AND (expires_at IS NULL OR expires_at > ?) ORDER BY key LIMIT ?`;

/** Includes the empty key. */
export const LIST_VALUES = listValues('>=');
export const LIST_MORE_VALUES = listValues('>');

/** owner */
export const FORGET_OWNER = [
  `UPDATE chatkit_threads SET owner = '' WHERE owner = ? AND text IS NULL AND owner <> ''`,
  'DELETE FROM chatkit_attachments WHERE owner = ?',
  'DELETE FROM chatkit_values WHERE owner = ?',
] as const;
