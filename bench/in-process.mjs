/* The parts without HTTP, each against the least that its work could cost. See README.md. */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { assistantMessage, ChatController, clientEffect, createChatKit, OnAction } from 'chatkit-controllers';
import { machine } from './lib/machine.mjs';
import { runWithoutHttp } from './lib/null-sink.mjs';
import { parts } from './lib/parts.mjs';
import { inTurns } from './lib/stopwatch.mjs';
import { options, reset } from './servers/memory.mjs';
import * as plain from './servers/plain.mjs';
import { SelectItem } from './servers/select-item.mjs';
import { requestBody, seed, senderId, threadId, THREADS } from './workload.mjs';

const { classValidation, parseRequest, serialiseEvent, writeEvent, writeItem } = parts;

const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});
const timing = flags.quick ? { rounds: 3, ms: 60 } : { rounds: 9, ms: 200 };

const repeat = (step) => (times) => {
  for (let n = 0; n < times; n += 1) step(n);
};
const repeatAsync = (step) => async (times) => {
  for (let n = 0; n < times; n += 1) await step(n);
};

const results = [];
/** The first of `work` is ours, the others are what it is held against. */
async function compare(title, work) {
  results.push({ title, micros: await inTurns(work, timing) });
}

// --- an action ---------------------------------------------------------------------------------

class Ticks {
  async *effects({ count }) {
    for (let n = 0; n < count; n += 1) yield clientEffect('tick', { n });
  }

  async *messages({ count }) {
    for (let n = 0; n < count; n += 1) yield assistantMessage('Tick.');
  }
}
for (const name of ['effects', 'messages']) {
  const descriptor = Object.getOwnPropertyDescriptor(Ticks.prototype, name);
  OnAction(`tick.${name}`, { payload: 'unchecked' })(Ticks.prototype, name, descriptor);
}
ChatController()(Ticks);

const app = createChatKit({
  ...options,
  mode: 'production',
  controllers: [...options.controllers, new Ticks()],
});
const bodies = Array.from({ length: THREADS }, (_, index) => requestBody(index));
const [{ sender }] = seed();
const senderText = JSON.stringify(sender);

function bareAction(n) {
  const { params } = JSON.parse(bodies[n % THREADS]);
  const found = plain.find(params);
  let text = '';
  for (const event of plain.select(found, params.action.payload.id)) {
    if (plain.store(found, event)) text += plain.frame(event);
  }
  return text;
}

/** A store that hands out no objects of its own has to parse the sender; one that keeps text, to write all. */
function bareActionOnText(n) {
  JSON.parse(senderText);
  return bareAction(n);
}

await compare('one item.select', {
  async ours(times) {
    await reset();
    return repeatAsync((n) => runWithoutHttp(app, JSON.parse(bodies[n % THREADS])))(times);
  },
  'bare, as server (a)': (times) => (plain.reset(), repeat(bareAction)(times)),
  'bare, the sender parsed': (times) => (plain.reset(), repeat(bareActionOnText)(times)),
});

// --- an event of a long stream -----------------------------------------------------------------

const EVENTS = 10_000;

function stream(name) {
  return async (events) => {
    await reset();
    for (let left = events; left > 0; left -= EVENTS) {
      const action = { type: `tick.${name}`, payload: { count: Math.min(left, EVENTS) } };
      const params = { thread_id: threadId(0), item_id: senderId(0), action };
      await runWithoutHttp(app, { type: 'threads.custom_action', params });
    }
  };
}

const ticks = new Ticks();
const loop = (name, write) => async (events) => {
  let length = 0;
  for await (const event of ticks[name]({ count: events })) length += write(event);
  return length;
};
const stringified = (event) => JSON.stringify(event).length;

await compare('one event of 10,000: a client effect', {
  ours: stream('effects'),
  'bare generator loop, JSON.stringify': loop('effects', stringified),
  'bare generator loop': loop('effects', () => 1),
});
await compare('one event of 10,000: an assistant message, stored', {
  ours: stream('messages'),
  'bare generator loop, JSON.stringify': loop('messages', stringified),
  'bare generator loop': loop('messages', () => 1),
});

// --- the parts ---------------------------------------------------------------------------------

await compare('parse a request', {
  ours: repeat((n) => parseRequest(JSON.parse(bodies[n % THREADS]))),
  'JSON.parse': repeat((n) => JSON.parse(bodies[n % THREADS])),
});

const item = { ...sender, copy_text: undefined };
const replaced = { type: 'thread.item.replaced', item };
await compare('serialise a widget, for store and wire', {
  ours: repeat(() => writeEvent(replaced, writeItem(item))),
  'JSON.stringify, once': repeat(() => JSON.stringify(replaced)),
  'JSON.stringify, for each': repeat(() => [JSON.stringify(item), JSON.stringify(replaced)]),
});

const delta = {
  type: 'thread.item.updated',
  item_id: senderId(0),
  update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'word ' },
};
await compare('serialise a text delta', {
  ours: repeat(() => writeEvent(delta)),
  'JSON.stringify': repeat(() => JSON.stringify(delta)),
});

const effect = clientEffect('selection_mode', { itemId: 'item_2' });
await compare('serialise a client effect', {
  ours: repeat(() => serialiseEvent(effect)),
  'JSON.stringify': repeat(() => JSON.stringify(effect)),
});

const validatePayload = classValidation(SelectItem, 'bench', { mode: 'production', unknownFields: 'drop' });
await compare('validate a payload', {
  ours: repeatAsync(() => validatePayload({ id: 'item_2' })),
  'plainToInstance, validate': repeatAsync(() => validate(plainToInstance(SelectItem, { id: 'item_2' }))),
});

// --- the report --------------------------------------------------------------------------------

if (flags.json) {
  process.stdout.write(`${JSON.stringify({ machine: machine(), timing, results }, null, 2)}\n`);
} else {
  const { node, cpu, loadAverage } = machine();
  console.log(`Node ${node}, ${cpu}, load average ${loadAverage.toFixed(2)}; ratio: ours to it\n`);
  for (const { title, micros } of results) {
    console.log(title);
    for (const [name, time] of Object.entries(micros)) {
      const ratio = name === 'ours' ? '' : `  ${(micros.ours / time).toFixed(2)}`;
      console.log(`  ${name.padEnd(36)} ${time.toFixed(2).padStart(8)} us${ratio}`);
    }
  }
}
