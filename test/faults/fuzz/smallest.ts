import { FuzzClient } from './client';
import { FuzzedProcess } from './fuzzed-process';
import { wrongWith } from './judge';
import { makePool, withIds, type Ids } from './pool';
import type { Shot } from './shots';
import { shrink } from './shrink';

/**
 * The smallest body that fails when it is sent alone; `undefined` where that of the shot does not. A process
 * that has ended is started again.
 */
export async function smallestOf(
  shot: Shot,
  process: FuzzedProcess,
): Promise<{ body: Buffer | undefined; process: FuzzedProcess }> {
  const bench = new Bench(shot, process);
  const body = (await bench.fails(shot.body))
    ? await shrink(shot.body, (smaller) => bench.fails(smaller), 300)
    : undefined;
  return { body, process: await bench.close() };
}

/** Tries bodies one by one, with threads that they may name. */
class Bench {
  private prepared: { client: FuzzClient; ids: Ids } | undefined;

  constructor(
    private readonly shot: Shot,
    private process: FuzzedProcess,
  ) {}

  async fails(body: Buffer): Promise<boolean> {
    if (this.process.ended) this.prepared = undefined;
    const { client, ids } = (this.prepared ??= await this.prepare());
    const reply = await client.send({ ...this.shot, body: withIds(body, ids) }, 'again');
    if (this.process.ended) return true;
    const { faults } = await this.process.ask('report');
    return wrongWith(reply) !== undefined || faults.length > 0;
  }

  async close(): Promise<FuzzedProcess> {
    this.prepared?.client.close();
    if (this.process.ended) this.process = await FuzzedProcess.start();
    return this.process;
  }

  private async prepare(): Promise<{ client: FuzzClient; ids: Ids }> {
    if (this.process.ended) this.process = await FuzzedProcess.start();
    const client = new FuzzClient(this.process.port);
    return { client, ids: await makePool(client) };
  }
}
