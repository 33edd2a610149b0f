import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Report } from './app';

/** The app that is fuzzed, seen from outside. */
export class FuzzedProcess {
  ended = false;

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {
    child.on('exit', () => (this.ended = true));
  }

  static async start(): Promise<FuzzedProcess> {
    const child = fork(join(__dirname, 'app.ts'), [], { execArgv: ['--expose-gc', '--import', 'tsx'] });
    const { port } = await answerOf(child);
    return new FuzzedProcess(child, port);
  }

  /** @param what `forget`: the owner's data is deleted before */
  async ask(what: 'forget' | 'report'): Promise<Report> {
    const answer = answerOf(this.child);
    this.child.send(what);
    return answer;
  }

  /** It ends by itself, and takes its files away. */
  stop(): void {
    if (this.child.connected) this.child.disconnect();
  }
}

async function answerOf(child: ChildProcess): Promise<Report> {
  const settled = new AbortController();
  const { signal } = settled;
  const exit = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`The process has ended by itself, with code ${String(code)}.`);
  });
  try {
    const [report] = (await Promise.race([once(child, 'message', { signal }), exit])) as [Report];
    return report;
  } finally {
    exit.catch(() => undefined);
    settled.abort();
  }
}
