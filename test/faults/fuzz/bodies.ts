import { Random } from '../random';
import type { Findings } from '../report';
import { shotOf, type Shot } from './shots';
import { FuzzClient } from './client';
import { FuzzedProcess } from './fuzzed-process';
import { wrongWith } from './judge';
import { makePool, withIds, type Ids } from './pool';
import { shrink } from './shrink';

/** So many bodies are sent before threads are made anew, and the process is asked how it is. */
const ROUND = 1_000;
/** At once, over eight connections. */
const AT_ONCE = 16;
/** What the heap may have grown by since the first round, in bytes. */
const GROWTH = 8 * 1024 * 1024;

/** Sends so many bodies to a server; each is made from the seed and its number alone. */
export async function bodies(count: number, seed: number): Promise<Findings> {
  const fuzz = new BodyFuzz(seed, await FuzzedProcess.start());
  try {
    await fuzz.all(count);
  } finally {
    fuzz.stop();
  }
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

  constructor(
    private readonly seed: number,
    private process: FuzzedProcess,
  ) {}

  async all(count: number): Promise<void> {
    for (let from = 0; from < count && this.wrong.length < 5; from += ROUND) {
      await this.round(from, Math.min(from + ROUND, count));
    }
  }

  stop(): void {
    this.process.kill();
  }

  private async round(from: number, to: number): Promise<void> {
    const client = new FuzzClient(this.process.port);
    const ids = await makePool(client);
    let next = from;
    const send = async (): Promise<void> => {
      while (next < to) {
        const number = next++;
        const shot = this.shot(number);
        const reply = await client.send({ ...shot, body: withIds(shot.body, ids) }, `body-${String(number)}`);
        this.statuses[reply.status] = (this.statuses[reply.status] ?? 0) + 1;
        const problem = wrongWith(reply);
        if (problem !== undefined) await this.tell(number, problem, (again) => this.repeat(again));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, send));
    client.close();
    await this.look();
  }

  private shot(number: number): Shot {
    return shotOf(new Random(this.seed * 1_000_003 + number));
  }

  /** What the process says of itself when all of the round is deleted. */
  private async look(): Promise<void> {
    const report = await this.process.ask('forget');
    for (const { requestId, text } of report.faults) {
      const number = Number(requestId?.replace('body-', ''));
      if (Number.isNaN(number)) this.wrong.push(`${String(requestId)}: ${text}`);
      else await this.tell(number, text, (again) => this.faultOf(again));
    }
    for (const name of report.polluted) this.wrong.push(`${name} was touched`);
    this.level ??= report.levels.heap;
    const growth = report.levels.heap - this.level;
    if (growth > GROWTH) this.wrong.push(`the heap has grown by ${String(growth)} bytes`);
  }

  private async tell(
    number: number,
    problem: string,
    repeat: (shot: Shot) => Promise<string | undefined>,
  ): Promise<void> {
    const { to, type, body } = this.shot(number);
    const firstLine = problem.split('\n', 1)[0];
    const fails = async (smaller: Buffer): Promise<boolean> => {
      const found = await repeat({ to, type, body: smaller });
      return found?.split('\n', 1)[0] === firstLine;
    };
    const isAlone = await fails(body);
    const smallest = isAlone ? await shrink(body, fails) : body;
    const how = isAlone ? 'smallest body' : 'not by this body alone';
    this.wrong.push(
      `body ${String(number)} (${to}, ${type}): ${problem}\n  ${how}: ${JSON.stringify(smallest.toString())}`,
    );
  }

  private async repeat(shot: Shot): Promise<string | undefined> {
    return wrongWith(await this.alone(shot));
  }

  /** The error that is logged for a body. */
  private async faultOf(shot: Shot): Promise<string | undefined> {
    await this.alone(shot);
    return (await this.process.ask('report')).faults[0]?.text;
  }

  /** Sends one body with nothing beside it, to a process that lives. */
  private async alone({ to, type, body }: Shot) {
    if (this.process.ended) this.process = await FuzzedProcess.start();
    const client = new FuzzClient(this.process.port);
    const ids: Ids = await makePool(client);
    const reply = await client.send({ to, type, body: withIds(body, ids) }, 'again');
    client.close();
    return reply;
  }
}
