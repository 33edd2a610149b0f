import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, python } from '../../conformance/oracle/environment';
import { normalise } from './normalise';
import type { Outcome } from './stream';
import { FAMILIES } from './streams';

/** Has the reference convert all streams, and writes down what it makes of them. */
function record(): void {
  prepare();
  const streams = Object.values(FAMILIES).flat();
  const { stdout, stderr, status } = spawnSync(python(), [join(__dirname, 'oracle.py')], {
    input: JSON.stringify(streams),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(stderr);
  const { versions, outcomes } = JSON.parse(stdout) as {
    versions: Record<string, string>;
    outcomes: Record<string, Outcome>;
  };
  const golden = Object.entries(outcomes).map(([name, outcome]) => [name, normalise(outcome)]);
  const lines = golden.map(([name, outcome]) => `  ${JSON.stringify(name)}: ${lay(outcome)}`);
  const text = `{\n "versions": ${JSON.stringify(versions)},\n "outcomes": {\n${lines.join(',\n')}\n }\n}\n`;
  writeFileSync(join(__dirname, 'expected.json'), text);
  console.log(`${String(streams.length)} streams`);
}

/** One event a line: so recordings can be read and compared. */
function lay(outcome: unknown): string {
  const { events, ...rest } = outcome as Outcome;
  const lines = events.map((event) => `    ${JSON.stringify(event)}`);
  return `{"events": [\n${lines.join(',\n')}\n   ], ${JSON.stringify(rest).slice(1)}`;
}

record();
