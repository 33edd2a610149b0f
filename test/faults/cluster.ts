import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Several processes of one app, each at a port of its own; one that was killed is started again. */
export class Cluster {
  private readonly members: (Member | undefined)[];

  constructor(
    private readonly database: string,
    size: number,
    /** Told of a process that nobody has killed. */
    private readonly ended: (violation: string) => void,
  ) {
    this.members = Array.from({ length: size }, () => undefined);
  }

  /** Where the living are. */
  get urls(): string[] {
    return this.members.flatMap((member) => (member === undefined ? [] : [member.url]));
  }

  async start(): Promise<void> {
    await Promise.all(this.members.map((_, index) => this.startOne(index)));
  }

  /** Kills one as `kill -9` does, and starts another in its place; resolves when that serves. */
  async kill(index: number): Promise<void> {
    const member = this.members[index];
    if (member === undefined) return;
    this.members[index] = undefined;
    member.process.kill('SIGKILL');
    await this.startOne(index);
  }

  stop(): void {
    for (const member of this.members) member?.process.kill('SIGKILL');
  }

  private async startOne(index: number): Promise<void> {
    const process = fork(join(__dirname, 'server.ts'), [this.database], { execArgv: ['--import', 'tsx'] });
    process.on('exit', (code) => {
      if (code !== null) this.ended(`a process ended by itself, with code ${String(code)}`);
    });
    const [port] = (await Promise.race([once(process, 'message'), once(process, 'exit')])) as [number | null];
    if (port === null) return;
    this.members[index] = { process, url: `http://127.0.0.1:${String(port)}/chatkit` };
  }
}

interface Member {
  readonly process: ChildProcess;
  readonly url: string;
}
