import type { Findings } from '../report';
import type { Report } from './app';
import { FuzzClient } from './client';
import { FuzzedProcess } from './fuzzed-process';
import { wrongWith } from './judge';
import { makePool, withIds } from './pool';
import { shotOf, type Shot } from './shots';
import { Random } from '../random';
import { smallestOf } from './smallest';

/** So many bodies are sent before threads are made anew, and the process is asked how it is. */
const ROUND = 1_000;
/** At once, over eight connections. */
const AT_ONCE = 16;
/** What the heap may have grown by since the first round, in bytes. */
const GROWTH = 8 * 1024 * 1024;
/** After so many that fail, no more are sent. */
const ENOUGH = 5;

/** Sends so many bodies to a server; each is made from the seed and its number alone. */
export async function bodies(count: number, seed: number): Promise<Findings> {
  const fuzz = new BodyFuzz((number) => shotOf(new Random(seed * 1_000_003 + number)));
  await fuzz.all(count);
  const { wrong, statuses } = fuzz;
  return {
    wrong: { 'any body is answered, by no fault of the server, and leaves nothing behind': wrong },
    figures: { bodies: count, statuses },
  };
}

class BodyFuzz {
  readonly wrong: string[] = [];
  readonly statuses: Record<string, number> = {};
  private level: number | undefined;

  constructor(private readonly shot: (number: number) => Shot) {}

  async all(count: number): Promise<void> {
    let process = await FuzzedProcess.start();
    try {
      for (let from = 0; from < count && this.wrong.length < ENOUGH; from += ROUND) {
        const problems = await this.round(process, from, Math.min(from + ROUND, count));
        if (!process.ended) this.look(problems, await process.ask('forget'));
        if (problems.size > 0) process = await this.tell(problems, process);
      }
    } finally {
      process.stop();
    }
  }

  /** The bodies of a round that were not answered as they should, by number, with what is wrong. */
  private async round(process: FuzzedProcess, from: number, to: number): Promise<Map<number, string>> {
    const client = new FuzzClient(process.port);
    const ids = await makePool(client);
    const problems = new Map<number, string>();
    let next = from;
    const send = async (): Promise<void> => {
      while (next < to && !process.ended) {
        const number = next++;
        const shot = this.shot(number);
        const reply = await client.send({ ...shot, body: withIds(shot.body, ids) }, `body-${String(number)}`);
        this.statuses[reply.status] = (this.statuses[reply.status] ?? 0) + 1;
        const problem = wrongWith(reply);
        if (problem !== undefined) problems.set(number, problem);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, send));
    client.close();
    return problems;
  }

  /** What the process says of itself when all of the round is deleted. */
  private look(problems: Map<number, string>, { faults, polluted, levels }: Report): void {
    for (const { requestId, text } of faults) {
      const number = Number(requestId?.replace('body-', ''));
      if (Number.isNaN(number)) this.wrong.push(`${String(requestId)}: ${text}`);
      else problems.set(number, [problems.get(number), text].filter(Boolean).join('\n  '));
    }
    for (const name of polluted) this.wrong.push(`${name} was touched`);
    this.level ??= levels.heap;
    const growth = levels.heap - this.level;
    if (growth > GROWTH) this.wrong.push(`the heap has grown by ${String(growth)} bytes`);
  }

  /** @returns the process that lives after that */
  private async tell(problems: ReadonlyMap<number, string>, process: FuzzedProcess): Promise<FuzzedProcess> {
    let living = process;
    for (const [number, problem] of [...problems].slice(0, ENOUGH)) {
      const shot = this.shot(number);
      const found = await smallestOf(shot, living);
      living = found.process;
      const body = JSON.stringify((found.body ?? shot.body).toString().slice(0, 2_000));
      const how = found.body === undefined ? 'it does not fail alone' : 'smallest body';
      this.wrong.push(`body ${String(number)} (${shot.to}, ${shot.type}): ${problem}\n  ${how}: ${body}`);
    }
    return living;
  }
}
