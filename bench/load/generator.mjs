/* The load: its own process, so that it has a core of its own. */
import { MIX, mixedRequests, rawRequest, rawRequests } from '../workload.mjs';
import { connect } from 'node:net';
import { Connection } from './connection.mjs';

/**
 * Keeps a request in flight on each of `connections`, which are shared out among the `ports`, until
 * `goOn(sentAt, answeredAt, number)` says no; `number` counts the requests of a connection. Resolves when the
 * last answer is in.
 */
function drive({ port, ports = [port], connections, minimumLength = 2, bodies, mixed = false }, goOn) {
  const requestsOf = mixed ? mixedRequests : rawRequests;
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
        } else if (goOn(sentAt, now, connection.sent - 1)) {
          sentAt = now;
          connection.send();
        } else {
          running -= 1;
          if (running === 0) finish();
        }
      };
      const own = ports[index % ports.length];
      const requests = bodies?.map((body) => rawRequest(body, own)) ?? requestsOf(index, connections, own);
      const connection = new Connection(own, requests, onAnswer, reject);
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
  /** How many answers were to the first request of a mix, to the second, and so on. */
  const answered = MIX.map(() => 0);
  let total = 0;
  await drive(target, (sentAt, now, number) => {
    total += 1;
    answered[number % MIX.length] += 1;
    if (now >= begin && now < end) latencies.push(now - sentAt);
    return now < end;
  });
  const used = process.cpuUsage(usedBefore);
  latencies.sort((one, other) => one - other);
  return {
    total,
    answered,
    requestsPerSecond: (latencies.length / ms) * 1000,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    cpuShare: (used.user + used.system) / 1000 / (warmMs + ms),
  };
}

function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const idle = [];

/** Opens streams that stay open; resolves when each has begun. */
async function openIdle({ port, connections, body }) {
  for (let left = connections; left > 0; left -= 100) {
    await Promise.all(Array.from({ length: Math.min(100, left) }, () => openOne(port, body)));
  }
}

function openOne(port, body) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.on('error', reject);
    socket.once('data', resolve);
    socket.write(rawRequest(body, port));
    idle.push(socket);
  });
}

function closeIdle() {
  for (const socket of idle.splice(0)) socket.destroy();
}

const answers = { heat, measure, openIdle, closeIdle };

process.on('message', async ({ id, name, ...options }) => {
  try {
    process.send({ id, answer: await answers[name](options) });
  } catch (error) {
    process.send({ id, problem: String(error) });
  }
});
process.on('disconnect', () => process.exit());
process.send({ ready: true });
