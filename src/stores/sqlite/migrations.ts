/**
 * The schema, step by step. Step n leads to version n. A released step never changes; changes are new steps.
 * The prefix of the tables lets the application keep its own tables in the same file.
 *
 * Sequences are the tables' own rowids, so that rows are stored in the order of insertion, with
 * AUTOINCREMENT, so that none is ever used twice. A row whose `text` is NULL is kept for cursors: it marks
 * the place of a deleted thread or item. `text` is the last column, so that queries without it do not read
 * past it.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE chatkit_threads (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    text TEXT
  );
  CREATE INDEX chatkit_threads_by_owner ON chatkit_threads (owner) WHERE text IS NOT NULL;

  CREATE TABLE chatkit_items (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    thread INTEGER NOT NULL REFERENCES chatkit_threads (seq),
    type TEXT NOT NULL,
    version INTEGER NOT NULL,
    text TEXT
  );
  CREATE INDEX chatkit_items_by_thread ON chatkit_items (thread);

  CREATE TABLE chatkit_attachments (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    text TEXT NOT NULL
  );

  CREATE TABLE chatkit_runs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    thread INTEGER NOT NULL REFERENCES chatkit_threads (seq),
    text TEXT NOT NULL
  );
  CREATE INDEX chatkit_runs_by_thread ON chatkit_runs (thread);

  CREATE TABLE chatkit_values (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,
    key TEXT NOT NULL,
    version INTEGER NOT NULL,
    expires_at INTEGER,
    text TEXT NOT NULL,
    UNIQUE (owner, key)
  );
  CREATE INDEX chatkit_values_by_expiry ON chatkit_values (expires_at) WHERE expires_at IS NOT NULL;
  `,
  // When an attachment was first saved, in milliseconds since the epoch: the cleanup deletes old ones that no
  // message carries. For attachments from before this step, the time of the step counts.
  `
  ALTER TABLE chatkit_attachments ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
  UPDATE chatkit_attachments SET created_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000;
  CREATE INDEX chatkit_attachments_unsent ON chatkit_attachments (created_at)
    WHERE json_extract(text, '$.thread_id') IS NULL;
  `,
  // An item's id is unique only within its thread: agent libraries use the same ids everywhere. The sequence
  // continues, because cursors of deleted items refer to it.
  `
  CREATE TABLE chatkit_items_by_thread_and_id (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    thread INTEGER NOT NULL REFERENCES chatkit_threads (seq),
    type TEXT NOT NULL,
    version INTEGER NOT NULL,
    text TEXT,
    UNIQUE (thread, id)
  );
  INSERT INTO chatkit_items_by_thread_and_id (seq, id, thread, type, version, text)
    SELECT seq, id, thread, type, version, text FROM chatkit_items;
  DELETE FROM sqlite_sequence WHERE name = 'chatkit_items_by_thread_and_id';
  INSERT INTO sqlite_sequence (name, seq)
    SELECT 'chatkit_items_by_thread_and_id', seq FROM sqlite_sequence WHERE name = 'chatkit_items';
  DROP TABLE chatkit_items;
  ALTER TABLE chatkit_items_by_thread_and_id RENAME TO chatkit_items;
  CREATE INDEX chatkit_items_by_thread ON chatkit_items (thread);
  `,
  // For export and deletion of an owner's data.
  `
  CREATE INDEX chatkit_attachments_by_owner ON chatkit_attachments (owner);
  CREATE INDEX chatkit_threads_gone ON chatkit_threads (owner) WHERE text IS NULL AND owner <> '';
  `,
  // Values that are deleted together with their thread.
  `
  ALTER TABLE chatkit_values ADD COLUMN thread INTEGER REFERENCES chatkit_threads (seq);
  CREATE INDEX chatkit_values_by_thread ON chatkit_values (thread) WHERE thread IS NOT NULL;
  `,
];
