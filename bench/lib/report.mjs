import { CONTESTANTS } from './contestants.mjs';
import { median } from './statistics.mjs';

/** Beyond this share of a core for other processes, figures say more about them than about us. */
const QUIET = 0.05;

const titleOf = (key) => CONTESTANTS.find((contestant) => contestant.key === key).title;

/** The median over the rounds of everything that was measured. */
export function summarise(samples, contestants, connectionCounts) {
  return contestants.flatMap(({ key }) =>
    connectionCounts.map((connections) => {
      const own = samples.filter((sample) => sample.key === key && sample.connections === connections);
      const middle = (field) => median(own.map((sample) => sample[field]));
      return {
        key,
        connections,
        requestsPerSecond: middle('requestsPerSecond'),
        p50: middle('p50'),
        p99: middle('p99'),
        cpuMicros: middle('cpuMicros'),
        memoryMb: middle('memoryMb'),
        loadShare: middle('loadShare'),
        othersShare: middle('othersShare'),
      };
    }),
  );
}

/**
 * Ratios of ours to theirs: the median of the rounds' ratios, not the ratio of the medians, since the
 * two were measured one after the other in each round and a machine that slows down slows down both.
 */
export function compare(samples, comparisons, connectionCounts) {
  const find = (key, connections, round) =>
    samples.find(
      (sample) => sample.key === key && sample.connections === connections && sample.round === round,
    );
  return comparisons.flatMap(({ ours, theirs, goals }) =>
    connectionCounts.flatMap((connections) => {
      const pairs = samples
        .filter((sample) => sample.key === ours && sample.connections === connections)
        .map((sample) => [sample, find(theirs, connections, sample.round)])
        .filter(([, other]) => other !== undefined);
      if (pairs.length === 0) return [];
      const ratio = (field) => median(pairs.map(([one, other]) => one[field] / other[field]));
      const goal = goals[connections];
      const requests = ratio('requestsPerSecond');
      return {
        ours,
        theirs,
        connections,
        requests,
        goal,
        reached: goal === undefined ? undefined : requests >= goal,
        p99: ratio('p99'),
        cpu: ratio('cpuMicros'),
        memory: ratio('memoryMb'),
      };
    }),
  );
}

export function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  rows.forEach((row, index) => {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]),
    );
    console.log(cells.join('  '));
    if (index === 0) console.log(widths.map((width) => '-'.repeat(width)).join('  '));
  });
}

function verdict({ goal, reached }) {
  if (goal === undefined) return '';
  return `${goal.toFixed(2)} ${reached ? 'reached' : 'MISSED'}`;
}

export function print({ machine, pinned, timing, comparisons, figures }) {
  const { node, platform, cpu, loadAverage } = machine;
  console.log(`\nNode ${node}, ${platform}, ${cpu}, load average before: ${loadAverage.toFixed(2)}`);
  console.log(
    `${String(timing.rounds)} rounds of ${String(timing.ms)} ms each, in turns; ` +
      `${pinned ? 'server and load on a core each' : 'NOT pinned to cores'}\n`,
  );
  console.log('Ours to theirs (requests: more is better; p99, CPU per request: less is better)\n');
  printTable([
    ['', 'connections', 'requests/s', 'goal', 'p99', 'CPU/request', 'memory'],
    ...comparisons.map((row) => [
      `${titleOf(row.ours)} : ${titleOf(row.theirs)}`,
      String(row.connections),
      row.requests.toFixed(2),
      verdict(row),
      row.p99.toFixed(2),
      row.cpu.toFixed(2),
      row.memory.toFixed(2),
    ]),
  ]);
  console.log('\nMedians\n');
  printTable([
    [
      '',
      'connections',
      'requests/s',
      'p50 ms',
      'p99 ms',
      'CPU us/request',
      'memory MB',
      'load CPU',
      'others CPU',
    ],
    ...figures.map((row) => [
      titleOf(row.key),
      String(row.connections),
      row.requestsPerSecond.toFixed(0),
      row.p50.toFixed(3),
      row.p99.toFixed(3),
      row.cpuMicros.toFixed(1),
      row.memoryMb.toFixed(0),
      `${(row.loadShare * 100).toFixed(0)} %`,
      `${(row.othersShare * 100).toFixed(0)} %`,
    ]),
  ]);
  if (figures.some(({ othersShare }) => othersShare > QUIET)) {
    console.log('\nOther processes were at work: these figures are noisy. Run it on a quiet machine.');
  }
}
