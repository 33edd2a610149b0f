import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** Where a run took place, for its report. */
export function machine() {
  const cores = cpus();
  return {
    node: process.version,
    v8: process.versions.v8,
    platform: `${process.platform} ${process.arch}`,
    cpu: `${String(cores.length)} x ${cores[0]?.model ?? 'unknown'}`,
    loadAverage: loadavg()[0],
  };
}

/** What all processes together have used of each core since startup, in milliseconds; none off Linux. */
export function coreTimes() {
  try {
    const lines = readFileSync('/proc/stat', 'utf8').split('\n');
    return lines.filter((line) => /^cpu\d/.test(line)).map(busyTime);
  } catch {
    return [];
  }
}

function busyTime(line) {
  const [, user, nice, system, , , irq, softirq, steal] = line.split(/\s+/).map(Number);
  return (user + nice + system + irq + softirq + steal) * 10; // a tick is 10 ms
}
