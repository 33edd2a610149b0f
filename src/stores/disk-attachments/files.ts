import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync } from 'node:fs';
import { link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { ChatError, ConflictError } from '../../errors';
import { type StagedBytes, type StoredBytes } from '../../store';
import { notFound } from '../store-errors';
import { haveSameBytes } from './same-bytes';

const SAFE_ID = /^[\w-]{1,128}$/;
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/**
 * The files of attachments: `<directory>/<hash of the owner>/<id>`, so that a request of one owner never
 * reaches the files of another. Uploads in progress are in `<directory>/incoming`.
 */
export class Files {
  readonly #root: string;
  readonly #incoming: string;

  constructor(directory: string) {
    this.#root = resolve(directory);
    this.#incoming = join(this.#root, 'incoming');
    mkdirSync(this.#incoming, { recursive: true, mode: 0o700 });
  }

  /** @throws NotFoundError for an id that no attachment can have */
  pathOf(owner: string, id: string): string {
    if (!SAFE_ID.test(id)) throw notFound('Attachment', id);
    return join(this.#folderOf(owner), id);
  }

  /** Writes to a file that readers do not see. Removes the file after an error. */
  async stage(owner: string, id: string, bytes: AsyncIterable<Uint8Array>): Promise<StagedBytes> {
    const target = this.pathOf(owner, id);
    const temporary = join(this.#incoming, `${id}.${randomUUID()}`);
    try {
      await write(temporary, bytes);
    } catch (error) {
      await rm(temporary, { force: true });
      throw errorOf(error);
    }
    return {
      publish: async () => {
        await mkdir(this.#folderOf(owner), { recursive: true, mode: 0o700 });
        await moveToNew(temporary, target);
      },
      discard: () => rm(temporary, { force: true }),
    };
  }

  async stat(owner: string, id: string): Promise<StoredBytes & { path: string }> {
    const path = this.pathOf(owner, id);
    try {
      const { size } = await stat(path);
      return { path, size, stream: () => createReadStream(path) };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') throw notFound('Attachment', id);
      throw error;
    }
  }

  async delete(owner: string, id: string): Promise<void> {
    if (SAFE_ID.test(id)) await rm(this.pathOf(owner, id), { force: true });
  }

  /** Removes the files of uploads that were interrupted when their process ended. */
  async cleanUp(before: number): Promise<number> {
    let removed = 0;
    for (const name of await readdir(this.#incoming)) {
      const path = join(this.#incoming, name);
      const found = await stat(path).catch(() => undefined);
      if (found === undefined || found.mtimeMs >= before) continue;
      await rm(path, { force: true });
      removed += 1;
    }
    return removed;
  }

  #folderOf(owner: string): string {
    return join(this.#root, createHash('sha256').update(owner).digest('hex').slice(0, 32));
  }
}

/** Does not flush to the disk: a file that is lost in a power failure can be uploaded again. */
async function write(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of bytes) await file.appendFile(chunk);
  } finally {
    await file.close();
  }
}

/** Uses a link because, unlike a rename, it fails when the target exists: the first of two uploads wins. */
async function moveToNew(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const code = codeOf(error) ?? '';
    if (code !== 'EEXIST' && !NO_LINKS.has(code)) throw errorOf(error);
    const there = code === 'EEXIST' || (await stat(to).catch(() => undefined)) !== undefined;
    if (there && !(await haveSameBytes(from, to))) throw alreadyUploaded();
    if (!there) return rename(from, to);
  }
  await rm(from, { force: true });
}

function alreadyUploaded(): ConflictError {
  return new ConflictError('The file has been uploaded already.', { code: 'already_uploaded' });
}

function errorOf(error: unknown): unknown {
  if (!NO_ROOM.has(codeOf(error) ?? '')) return error;
  return new ChatError('The server has no room for this file.', 507, 'storage_full', { cause: error });
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}
