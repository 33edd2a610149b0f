import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import { mountSmallDisk, type SmallDisk } from '../../support/small-disk';
import { Cluster } from '../cluster';
import { processFaults } from './process-faults';
import type { Fault, MakeWorld, World } from './world';

/** Runs of a thread are kept apart in one process alone. */
const PROCESSES = 1;

/** The log of writes takes 16 MB of it, and fifty schedules leave some 10 MB of items. */
const DISK_SIZE = '64m';

/** A process on a file, on a disk of its own that is small; `undefined` where none may be mounted. */
export function onSqlite(): MakeWorld | undefined {
  const probe = mount();
  if (probe === undefined) return undefined;
  probe.unmount();
  rmSync(probe.directory, { recursive: true });
  return async (ended) => {
    const disk = mount();
    if (disk === undefined) throw new Error('A small disk could be mounted before.');
    const file = join(disk.directory, 'chat.db');
    const cluster = new Cluster(file, PROCESSES, ended);
    await cluster.start();
    return new SqliteWorld(cluster, disk, file);
  };
}

function mount(): SmallDisk | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'chatkit-faults-'));
  const disk = mountSmallDisk(directory, DISK_SIZE);
  if (disk === undefined) rmSync(directory, { recursive: true });
  return disk;
}

class SqliteWorld implements World {
  readonly faults: Readonly<Record<string, Fault>>;

  constructor(
    readonly cluster: Cluster,
    private readonly disk: SmallDisk,
    private readonly file: string,
  ) {
    this.faults = {
      ...processFaults(cluster),
      full: (random) => this.fill(random.between(50, 1_500)),
      lock: (random) => this.lock(random.between(100, 2_500)),
    };
  }

  async query(sql: string): Promise<Record<string, unknown>[]> {
    return this.open((database) => database.prepare(sql).all() as Record<string, unknown>[]);
  }

  async leftovers(): Promise<string[]> {
    return [];
  }

  async stop(): Promise<void> {
    this.cluster.stop();
    this.disk.unmount();
    rmSync(this.disk.directory, { recursive: true });
  }

  private async fill(ms: number): Promise<void> {
    this.disk.fill();
    await sleep(ms);
    this.disk.empty();
  }

  /** Another program that writes. While the disk is full, it cannot begin, and so locks nothing. */
  private async lock(ms: number): Promise<void> {
    await this.open(async (database) => {
      try {
        database.exec('BEGIN IMMEDIATE');
      } catch (error) {
        if (isOfFullDisk(error)) return;
        throw error;
      }
      await sleep(ms);
      database.exec('ROLLBACK');
    });
  }

  private async open<T>(use: (database: Database.Database) => T | Promise<T>): Promise<T> {
    const database = new Database(this.file, { timeout: 30_000 });
    try {
      return await use(database);
    } finally {
      database.close();
    }
  }
}

/** SQLite says so itself, or that the file of its shared memory cannot grow. */
function isOfFullDisk(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE';
}
