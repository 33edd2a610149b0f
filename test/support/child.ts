import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterThisTest } from './cleanup';
import { until } from './wait';

/** A process that answers each message it is sent with one of its own. */
export class Child<Answer> {
  private readonly answers: Answer[] = [];
  private ended: string | undefined;

  private constructor(private readonly process: ChildProcess) {
    process.on('message', (answer) => this.answers.push(answer as Answer));
    process.on('exit', (code) => (this.ended = `The process ended with code ${String(code)}.`));
  }

  /** Starts a script of `test/`; its first message is unasked for. */
  static start<Answer>(
    script: string,
    args: readonly string[] = [],
    node: readonly string[] = [],
  ): Child<Answer> {
    const process = fork(join(__dirname, '..', script), args, {
      cwd: join(__dirname, '../..'),
      execArgv: ['--expose-gc', '--import', 'tsx', ...node],
    });
    afterThisTest(() => process.kill());
    return new Child<Answer>(process);
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }

  /** Kills it, and waits until it is gone. */
  async killed(): Promise<void> {
    this.kill();
    await until(() => this.ended !== undefined, 'the end of the process');
  }

  send(message: string): void {
    this.process.send(message);
  }

  async ask(question: string): Promise<Answer> {
    this.send(question);
    return this.next();
  }

  async next(): Promise<Answer> {
    await until(
      () => this.answers.length > 0 || this.ended !== undefined,
      'an answer of the process',
      30_000,
    );
    const [answer] = this.answers.splice(0, 1);
    if (answer === undefined) throw new Error(this.ended);
    return answer;
  }
}
