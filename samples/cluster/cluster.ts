import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** One process of the app. */
export interface Member {
  readonly name: string;
  /** Where its chat is. */
  readonly url: string;
  readonly process: ChildProcess;
}

/** Several processes of the app on one database. One that ends is replaced, as a supervisor does it. */
export class Cluster {
  /** Those that serve. */
  readonly members: Member[] = [];
  private started = 0;
  private stopping = false;

  constructor(private readonly databaseUrl: string) {}

  async start(size: number): Promise<void> {
    await Promise.all(Array.from({ length: size }, () => this.startOne()));
  }

  /** Kills a process as `kill -9` does. Resolves when it is gone; another is on its way then. */
  async kill(name: string): Promise<void> {
    const member = this.members.find((each) => each.name === name);
    if (member === undefined) throw new Error(`There is no ${name}.`);
    const gone = once(member.process, 'exit');
    member.process.kill('SIGKILL');
    await gone;
  }

  /** Lets all of them end what they do. */
  async stop(): Promise<void> {
    this.stopping = true;
    const gone = this.members.map(({ process }) => once(process, 'exit'));
    for (const { process } of this.members) process.kill('SIGTERM');
    await Promise.all(gone);
  }

  private async startOne(): Promise<void> {
    const name = `Process ${String((this.started += 1))}`;
    const child = fork(join(__dirname, 'server.js'), {
      env: { ...process.env, DATABASE_URL: this.databaseUrl, PORT: '0', PROCESS_NAME: name },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [url] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown];
    if (typeof url !== 'string') throw new Error(`${name} did not start.`);
    const member = { name, url, process: child };
    this.members.push(member);
    child.once('exit', () => {
      this.members.splice(this.members.indexOf(member), 1);
      if (!this.stopping) void this.startOne().catch(console.error);
    });
    console.log(`${name} serves (pid ${String(child.pid)}).`);
  }
}
