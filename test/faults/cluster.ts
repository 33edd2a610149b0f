import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildServer } from './build-server';
import type { Levels } from './levels';

/** So long a start may take, on a machine that has other things to do as well. */
const START_MS = 120_000;

const CLOCK = join(__dirname, 'clock.mjs');

/** Several processes of one app, each at a port of its own; one that was killed is started again. */
export class Cluster {
  private readonly members: (Member | undefined)[];
  private stopped = false;
  private script = '';

  constructor(
    private readonly database: string,
    readonly size: number,
    /** Called when a process ends that was not killed, or does not start. */
    private readonly ended: (violation: string) => void,
  ) {
    this.members = Array.from({ length: size }, () => undefined);
  }

  /** Where the living are. */
  get urls(): string[] {
    return this.living.map(({ url }) => url);
  }

  private get living(): Member[] {
    return this.members.filter((member) => member !== undefined);
  }

  async start(): Promise<void> {
    this.script = await buildServer();
    await Promise.all(this.members.map((_, index) => this.startOne(index)));
    if (this.living.length < this.size) throw new Error('The processes cannot be started.');
  }

  /** Kills one as `kill -9` does, and starts another in its place; resolves when that serves. */
  async kill(index: number): Promise<void> {
    const member = this.members[index];
    if (member === undefined) return;
    this.members[index] = undefined;
    member.process.kill('SIGKILL');
    await this.startOne(index);
  }

  /** Sets the clock of one, in milliseconds from the right time. */
  setClock(index: number, clock: number): void {
    this.members[index]?.process.send({ clock });
  }

  /** What each of the living holds, by its process id. */
  async levels(): Promise<Map<number, Levels>> {
    const asked = this.living.map(async ({ process }) => {
      const answer = answerOf(process);
      process.send('levels');
      return [Number(process.pid), (await answer)?.levels] as const;
    });
    const found = await Promise.all(asked);
    return new Map(found.flatMap(([pid, levels]) => (levels === undefined ? [] : [[pid, levels]])));
  }

  stop(): void {
    this.stopped = true;
    for (const { process } of this.living) process.kill('SIGKILL');
  }

  private async startOne(index: number): Promise<void> {
    const process = fork(this.script, [this.database], { execArgv: ['--expose-gc', '--import', CLOCK] });
    process.on('exit', (code) => {
      if (code !== null) this.ended(`a process ended by itself, with code ${String(code)}`);
    });
    const late = new AbortController();
    const tooLate = sleep(START_MS, undefined, { ref: false, signal: late.signal }).then(
      () => {
        this.ended(`a process was not ready within ${String(START_MS)} ms`);
        return undefined;
      },
      () => undefined,
    );
    const port = (await Promise.race([answerOf(process), tooLate]))?.port;
    late.abort();
    if (this.stopped) process.kill('SIGKILL');
    else if (port !== undefined)
      this.members[index] = { process, url: `http://127.0.0.1:${String(port)}/chatkit` };
  }
}

interface Member {
  readonly process: ChildProcess;
  readonly url: string;
}

/** `undefined` where the process ends before. */
async function answerOf(process: ChildProcess): Promise<{ port?: number; levels?: Levels } | undefined> {
  const settled = new AbortController();
  const { signal } = settled;
  const events = [once(process, 'message', { signal }), once(process, 'exit', { signal })];
  for (const each of events) each.catch(() => undefined);
  try {
    const [answer] = (await Promise.race(events)) as [{ port?: number; levels?: Levels } | number | null];
    return typeof answer === 'object' ? (answer ?? undefined) : undefined;
  } finally {
    settled.abort();
  }
}
