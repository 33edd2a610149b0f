import { type Page, type ThreadMetadata } from '../../protocol';
import { type ListOptions, type ThreadPatch } from '../../store';
import { idTaken, notFound } from '../store-errors';
import { readThreadPatch, type TakenPatch } from '../take-patch';
import type { Connection } from './connection';
import { fromJsonb, toJsonb } from './jsonb-text';
import { limitsOf, readPage } from './list-sql';
import { call, type Row } from './statement';
import {
  AWAIT_CREATIONS,
  CREATE,
  DELETE,
  DELETE_CONTENT,
  HOLD,
  LIST,
  LIST_ALL,
  LOAD,
  PATCH,
} from './thread-sql';

/** The threads of a {@link PostgresStore}. */
export class PostgresThreads {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async load(owner: string, threadId: string): Promise<ThreadMetadata> {
    return threadIn(await this.#connection.read(call(LOAD, threadId, owner)), threadId);
  }

  async create(owner: string, thread: ThreadMetadata): Promise<void> {
    const { id } = thread;
    const calls = [call(CREATE, id, owner, toJsonb(thread))];
    return this.#connection.write({
      lock: lockOfNewThread(owner),
      calls: () => calls,
      read([created]) {
        if (created?.length !== 1) throw idTaken('Thread', id);
      },
    });
  }

  async patch(owner: string, threadId: string, patch: ThreadPatch): Promise<ThreadMetadata> {
    const calls = [call(PATCH, threadId, owner, ...patchValues(readThreadPatch(patch)))];
    return this.#connection.write({
      lock: lockOfThread(threadId),
      calls: () => calls,
      read: ([rows]) => threadIn(rows, threadId),
    });
  }

  async delete(owner: string, threadId: string): Promise<void> {
    const calls = [HOLD, DELETE, ...DELETE_CONTENT].map((each) => call(each, threadId, owner));
    return this.#connection.write({
      lock: lockOfThread(threadId),
      calls: () => calls,
      read([, deleted]) {
        if (deleted?.length !== 1) throw notFound('Thread', threadId);
      },
    });
  }

  async list(owner: string, options: ListOptions): Promise<Page<ThreadMetadata>> {
    const { order, after = null } = options;
    const rows = await this.#connection.readLarge(call(LIST[order], owner, after, ...limitsOf(options)));
    return readPage(assertKnown(rows, after), parseThread);
  }

  async listAll(options: ListOptions): Promise<Page<ThreadMetadata & { owner: string }>> {
    const { order, after = null } = options;
    const list = call(LIST_ALL[order], after, ...limitsOf(options));
    const rows = await this.#connection.readLarge(call(AWAIT_CREATIONS), list);
    return readPage(assertKnown(rows, after), (text, [, , , owner]) => ({
      ...parseThread(text),
      owner: String(owner),
    }));
  }
}

/** The lock of a thread's row, under which everything in the thread changes. */
export function lockOfThread(threadId: string): string {
  return `1 ${threadId}`;
}

/** Ordered before the locks of threads: other writes to a new thread come after its creation. */
function lockOfNewThread(owner: string): string {
  return `0 ${owner}`;
}

/** The last values of the patch statements. */
export function patchValues({ fields, metadata }: TakenPatch): (string | null)[] {
  return [
    toJsonb(fields.cleared),
    toJsonb(fields.set),
    toJsonb(metadata?.cleared ?? []),
    metadata === undefined ? null : toJsonb(metadata.set),
  ];
}

function threadIn(rows: readonly Row[] | undefined, threadId: string): ThreadMetadata {
  const text = rows?.[0]?.[0];
  if (typeof text !== 'string') throw notFound('Thread', threadId);
  return parseThread(text);
}

function parseThread(text: string): ThreadMetadata {
  return fromJsonb(text) as ThreadMetadata;
}

function assertKnown(rows: readonly Row[], after: string | null): readonly Row[] {
  if (rows[0]?.[0] == null) throw notFound('Thread', after ?? '');
  return rows;
}
