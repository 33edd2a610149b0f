/*
 * What the conversion of a run costs: a run whose model is scripted, converted, against the same run only
 * read to its end. Of both kinds of models; without store and HTTP.
 */
import { Agent, run, setTracingDisabled } from '@openai/agents';
import { modelStream, ScriptedModel } from '@openai/agents/testing';
import { AgentContext, streamAgentResponse } from 'chatkit-controllers/agents';

const DELTAS = 50_000;
const ROUNDS = 5;
const WORD = 'word ';
const TEXT = WORD.repeat(DELTAS);
setTracingDisabled(true);

const api = (type, fields) => ({ type: 'model', event: { type: `response.${type}`, ...fields } });
const at = { output_index: 0, content_index: 0 };
const done = {
  type: 'response_done',
  response: {
    id: 'resp_1',
    usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
    output: [
      {
        type: 'message',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: TEXT }],
      },
    ],
  },
};

/** A model that gives only text. */
function* plain() {
  for (let count = 0; count < DELTAS; count += 1) yield { type: 'output_text_delta', delta: WORD };
  yield done;
}

/** A model of the Responses API: the SDK gives each delta twice. */
function* responses() {
  yield api('created', { response: {} });
  yield api('output_item.added', { ...at, item: { type: 'message', content: [] } });
  for (let count = 0; count < DELTAS; count += 1) {
    yield { type: 'output_text_delta', delta: WORD };
    yield api('output_text.delta', { ...at, delta: WORD });
  }
  yield done;
  const content = [{ type: 'output_text', text: TEXT }];
  yield api('output_item.done', { ...at, item: { type: 'message', content } });
  yield api('completed', { response: {} });
}

const chat = {
  thread: { id: 'thr_1' },
  signal: new AbortController().signal,
  message: null,
  store: {
    generateId: (kind) => `${kind}_1`,
    now: () => new Date(),
    listItems: async () => ({ data: [], has_more: false }),
  },
};

async function timed(events, read) {
  const agent = new Agent({ name: 'bench', model: new ScriptedModel([modelStream(events())]) });
  const context = new AgentContext(chat);
  const start = performance.now();
  const stream = read(context, await run(agent, 'Go', { stream: true, context }));
  const iterator = stream[Symbol.asyncIterator]();
  while ((await iterator.next()).done !== true);
  return performance.now() - start;
}

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

console.log(`${DELTAS} deltas, microseconds a delta, median of ${ROUNDS}:`);
for (const events of [plain, responses]) {
  const times = { drained: [], converted: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.drained.push(await timed(events, (_, result) => result));
    times.converted.push(await timed(events, streamAgentResponse));
  }
  const drained = (median(times.drained) / DELTAS) * 1000;
  const added = (median(times.converted) / DELTAS) * 1000 - drained;
  console.log(`${events.name}: ${drained.toFixed(2)} only read, ${added.toFixed(2)} more to convert`);
}
