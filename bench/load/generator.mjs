/* The load: its own process, so that it has a core of its own. */
import { rawRequests } from '../workload.mjs';
import { Connection } from './connection.mjs';

/**
 * Keeps a request in flight on each of `connections` until `goOn(sentAt, answeredAt)` says no;
 * resolves when the last answer is in.
 */
function drive({ port, connections, minimumLength }, goOn) {
  return new Promise((resolve, reject) => {
    const open = [];
    let running = connections;
    const finish = () => {
      for (const connection of open) connection.close();
      resolve();
    };
    for (let index = 0; index < connections; index += 1) {
      let sentAt = performance.now();
      const onAnswer = (status, length) => {
        const now = performance.now();
        if (status !== 200 || length < minimumLength) {
          reject(new Error(`An answer was wrong: status ${String(status)}, ${String(length)} bytes.`));
        } else if (goOn(sentAt, now)) {
          sentAt = now;
          connection.send();
        } else {
          running -= 1;
          if (running === 0) finish();
        }
      };
      const connection = new Connection(port, rawRequests(index, connections, port), onAnswer, reject);
      open.push(connection);
      connection.send();
    }
  });
}

/** Sends so many requests: code is compiled by how often it runs, not by how long. */
async function heat({ requests, maxMs, ...target }) {
  const end = performance.now() + maxMs;
  let total = 0;
  await drive(target, (_, now) => (total += 1) < requests && now < end);
}

/** Counts the answers that come within `ms`, after `warmMs`. */
async function measure({ warmMs, ms, ...target }) {
  const begin = performance.now() + warmMs;
  const end = begin + ms;
  const usedBefore = process.cpuUsage();
  const latencies = [];
  let total = 0;
  await drive(target, (sentAt, now) => {
    total += 1;
    if (now >= begin && now < end) latencies.push(now - sentAt);
    return now < end;
  });
  const used = process.cpuUsage(usedBefore);
  latencies.sort((one, other) => one - other);
  return {
    total,
    requestsPerSecond: (latencies.length / ms) * 1000,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    cpuShare: (used.user + used.system) / 1000 / (warmMs + ms),
  };
}

function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const answers = { heat, measure };

process.on('message', async ({ id, name, ...options }) => {
  try {
    process.send({ id, answer: await answers[name](options) });
  } catch (error) {
    process.send({ id, problem: String(error) });
  }
});
process.on('disconnect', () => process.exit());
process.send({ ready: true });
