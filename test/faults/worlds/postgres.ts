import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isLost } from '../../../src/stores/postgres/failures';
import { run } from '../../support/postgres/run';
import type { RunningServer } from '../../support/postgres/server';
import { Cluster } from '../cluster';
import { processFaults } from './process-faults';
import type { Fault, MakeWorld, World } from './world';

const PROCESSES = 3;
/** The database may be starting again. */
const PATIENCE_MS = 60_000;

const APP = `application_name LIKE 'chatkit-controllers%' AND datname = current_database()`;

/** Three processes on a new database of a server. */
export function onPostgres(server: RunningServer): MakeWorld {
  return async (ended) => {
    const name = `chatkit_faults_${randomUUID().replaceAll('-', '')}`;
    await asked(server.url, `CREATE DATABASE ${name} TEMPLATE template0`);
    const url = server.url.replace(/^(\w+:\/\/[^/]*\/)[^?]*/, `$1${name}`);
    const cluster = new Cluster(url, PROCESSES, ended);
    await cluster.start();
    return new PostgresWorld(cluster, server, url, name);
  };
}

class PostgresWorld implements World {
  readonly faults: Readonly<Record<string, Fault>>;

  constructor(
    readonly cluster: Cluster,
    private readonly server: RunningServer,
    private readonly url: string,
    private readonly name: string,
  ) {
    const { crash, pid } = server;
    this.faults = {
      ...processFaults(cluster),
      cut: () => this.cut(),
      lock: (random) => this.lock(random.between(100, 2_500)),
      slow: (random) => this.slow(random.between(200, 1_500)),
      // A server that is not ours is left alone.
      ...(pid === undefined ? {} : { database: () => crash(), backend: () => this.killBackend() }),
    };
  }

  query(sql: string): Promise<Record<string, unknown>[]> {
    return asked(this.url, sql);
  }

  async leftovers(): Promise<string[]> {
    const locks = await this.query(
      `SELECT 'lock of ' || pid AS what FROM pg_locks JOIN pg_database d ON d.oid = database
      WHERE locktype = 'advisory' AND granted AND datname = current_database()`,
    );
    return locks.map(({ what }) => `${String(what)} is left`);
  }

  async stop(): Promise<void> {
    this.cluster.stop();
    await asked(this.server.url, `DROP DATABASE ${this.name} WITH (FORCE)`);
  }

  private async cut(): Promise<void> {
    await this.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${APP} AND random() < 0.5`,
    );
  }

  /** Holds a lock that all writes wait for, and some of the reads. */
  private async lock(ms: number): Promise<void> {
    const seconds = (ms / 1000).toFixed(3);
    await this.query(
      `DO $$ BEGIN LOCK TABLE chatkit_items IN ACCESS EXCLUSIVE MODE; PERFORM pg_sleep(${seconds}); END $$`,
    );
  }

  /** Every item takes its time to be written. */
  private async slow(ms: number): Promise<void> {
    await this.query(`CREATE OR REPLACE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql
      AS 'BEGIN PERFORM pg_sleep(0.05); RETURN NEW; END'`);
    await this.query(
      `CREATE OR REPLACE TRIGGER dawdle BEFORE INSERT OR UPDATE ON chatkit_items FOR EACH ROW EXECUTE FUNCTION dawdle()`,
    );
    await sleep(ms);
    await this.query('DROP TRIGGER IF EXISTS dawdle ON chatkit_items');
  }

  /** Kills one process of the server: it ends all others too, and starts again from its log. */
  private async killBackend(): Promise<void> {
    const [row] = await this.query(`SELECT pid FROM pg_stat_activity WHERE ${APP} ORDER BY random() LIMIT 1`);
    if (row === undefined) return;
    try {
      process.kill(Number(row['pid']), 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it has ended meanwhile
    }
    await this.query('SELECT 1');
  }
}

/** Runs a statement, again and again where the server is away. */
async function asked(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await run(url, sql);
    } catch (error) {
      if (!isLost(error) || performance.now() > deadline) throw error;
      await sleep(50);
    }
  }
}
