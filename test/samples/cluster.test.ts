import { rmSync } from 'node:fs';
import { findServer } from '../support/postgres/find';
import { until } from '../support/wait';
import { compileSample, freePort, SampleProcess, type CompiledSample } from './sample-process';

const { DATABASE_URL } = process.env;
const found = DATABASE_URL === undefined ? findServer() : undefined;
const problem = found !== undefined && 'problem' in found ? found.problem : undefined;
if (problem !== undefined) process.stderr.write(`Not tested: the sample cluster: ${problem}.\n`);

(problem === undefined ? describe : describe.skip)('the sample cluster', () => {
  let sample: CompiledSample;
  let port: number;
  beforeAll(() => void (sample = compileSample('cluster')), 60_000);
  afterAll(() => rmSync(sample.folder, { recursive: true, force: true }));

  let cluster: SampleProcess;
  beforeEach(async () => {
    port = await freePort();
    const env = { PORT: String(port), ...(DATABASE_URL === undefined ? {} : { DATABASE_URL }) };
    cluster = SampleProcess.spawn(sample.main, env);
  });
  afterEach(() => cluster.stop('SIGKILL')); // its processes end with it

  const says = (text: string): Promise<void> =>
    until(() => cluster.stdout.includes(text), `"${text}" in what it says`, 120_000);

  it('shows a thread that three processes serve, also when its client leaves or a process is killed', async () => {
    await says('Ctrl-C ends all of it.');
    const [, turns = '', left = '', killed = ''] = cluster.stdout.split(/^\d\. .*$/m);

    const who = turns.match(/Process \d/g);
    expect(new Set(who)).toEqual(new Set(['Process 1', 'Process 2', 'Process 3']));
    expect(who).toHaveLength(3);

    expect(
      left.match(/After a reload Process \d shows: …(?=.*whichever process answers then\.$)/gm),
    ).toHaveLength(3);

    expect(killed).toContain('The client is told: ChatKitStreamError');
    const [, kept = ''] = /After a reload the thread shows: …(.*)/.exec(killed) ?? [];
    expect(kept).not.toContain('answers then.'); // the process did not come to the end
    expect(killed).toMatch(/ {3}Process \d answers “And now\?”\.\n/);
    expect(killed).toContain('Process 4 serves'); // in the place of the one that was killed

    const health = await fetch(`http://127.0.0.1:${String(port)}/chatkit/health`);
    expect(health.status).toBe(200);
    expect(await cluster.stop('SIGTERM')).toBe(0);
    expect(living(cluster)).toEqual([]);
  }, 180_000);

  it('leaves no process behind when it is killed', async () => {
    await says('1. Each message');
    await cluster.stop('SIGKILL');
    await until(() => living(cluster).length === 0, 'the end of all its processes', 60_000);
  }, 180_000);
});

/** Those of its processes that have not ended. */
function living({ stdout }: SampleProcess): number[] {
  const pids = Array.from(stdout.matchAll(/\(pid (\d+)\)/g), ([, pid]) => Number(pid));
  expect(pids.length).toBeGreaterThan(2);
  return pids.filter((pid) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  });
}
