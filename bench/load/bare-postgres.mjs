/*
 * What the database does without us: the least that each request of the mix has to ask of it, by `pg` alone,
 * on connections that ask one thing at a time. No locks, no HTTP, no items that are parsed.
 * `bare-postgres.mjs <url> <connections>`
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { MIX, seed, senderId, threadId, threadsOf } from '../workload.mjs';

const [url, count] = [process.argv[2], Number(process.argv[3])];
const OWNER = 'bare';
const [{ sender }] = seed();
const WIDGET = JSON.stringify(sender);
const ITEM = JSON.stringify({
  id: randomUUID(),
  thread_id: threadId(0),
  type: 'assistant_message',
  content: [],
});

const statement = (name, text) => (values) => ({ name, text, values });
const LIST_THREADS = statement(
  'threads',
  `SELECT data::text FROM chatkit_threads WHERE owner = $1 AND NOT deleted ORDER BY seq DESC LIMIT 21`,
);
const LIST_ITEMS = statement(
  'items',
  `SELECT i.text FROM chatkit_threads t JOIN chatkit_items i ON i.thread = t.seq
  WHERE t.id = $1 AND t.owner = $2 ORDER BY i.seq DESC LIMIT 21`,
);
const LOAD = statement(
  'load',
  `SELECT t.seq, t.data::text, i.text FROM chatkit_threads t JOIN chatkit_items i ON i.thread = t.seq
  WHERE t.id = $1 AND t.owner = $2 AND i.id = $3`,
);
const INSERT = `INSERT INTO chatkit_items (thread, id, type, version, text) VALUES`;
const CLICK = statement(
  'click',
  `WITH replaced AS (UPDATE chatkit_items SET version = version + 1, text = $3 WHERE thread = $1 AND id = $2)
  ${INSERT} ($1, $4, 'hidden_context_item', 1, $6), ($1, $5, 'assistant_message', 1, $6)`,
);
const MESSAGE = statement(
  'message',
  `${INSERT} ($1, $2, 'user_message', 1, $4), ($1, $3, 'assistant_message', 1, $4)`,
);

/** Owners and threads of their own, with the items that ours has at first. */
async function prepare() {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`INSERT INTO chatkit_threads (id, owner, data)
    SELECT 'bare_' || id, '${OWNER}', data FROM chatkit_threads WHERE owner = 'shared' ON CONFLICT DO NOTHING`);
  await client.query(`INSERT INTO chatkit_items (thread, id, type, version, text)
    SELECT bare.seq, i.id, i.type, 1, i.text FROM chatkit_items i JOIN chatkit_threads t ON t.seq = i.thread
    JOIN chatkit_threads bare ON bare.id = 'bare_' || t.id WHERE i.type = 'widget' ON CONFLICT DO NOTHING`);
  await client.end();
}

async function perform(client, { stores, list }, index) {
  const thread = `bare_${threadId(index)}`;
  if (list === 'threads') return client.query(LIST_THREADS([OWNER]));
  if (list === 'items') return client.query(LIST_ITEMS([thread, OWNER]));
  const { rows } = await client.query(LOAD([thread, OWNER, senderId(index)]));
  const [{ seq }] = rows;
  const write = stores.hidden_context_item
    ? CLICK([seq, senderId(index), WIDGET, randomUUID(), randomUUID(), ITEM])
    : MESSAGE([seq, randomUUID(), randomUUID(), ITEM]);
  return client.query(write);
}

async function connected() {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

await prepare();
const clients = await Promise.all(Array.from({ length: count }, connected));

async function measure({ warmMs, ms }) {
  const begin = performance.now() + warmMs;
  const end = begin + ms;
  let done = 0;
  await Promise.all(
    clients.map(async (client, connection) => {
      const threads = threadsOf(connection, count);
      for (let number = 0; ; number += 1) {
        const index = threads[Math.floor(number / MIX.length) % threads.length];
        await perform(client, MIX[number % MIX.length], index);
        const now = performance.now();
        if (now >= begin && now < end) done += 1;
        if (now >= end) return;
      }
    }),
  );
  return { requestsPerSecond: (done / ms) * 1000 };
}

process.on('message', async ({ id, ...options }) => {
  try {
    process.send({ id, answer: await measure(options) });
  } catch (error) {
    process.send({ id, problem: String(error) });
  }
});
process.on('disconnect', () => process.exit());
process.send({ ready: true });
