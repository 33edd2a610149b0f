/*
 * How long a model's request stays open after the client has left: from the client's abort to the close that
 * the model's server sees, over HTTP on both sides, with the real client of OpenAI. In a text, in a thought,
 * and before the model has said anything.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Agent, OpenAIResponsesModel, setTracingDisabled } from '@openai/agents';
import { ChatController, MemoryStore, OnMessage } from 'chatkit-controllers';
import { runAgent } from 'chatkit-controllers/agents';
import { chatkit } from 'chatkit-controllers/node';
import OpenAI from 'openai';

const ROUNDS = 50;
setTracingDisabled(true);

const at = { output_index: 0, content_index: 0, item_id: 'i' };
const item = (type, fields) => ({
  type: 'response.output_item.added',
  ...at,
  item: { id: 'i', type, ...fields },
});
const created = { type: 'response.created', response: { id: 'r', output: [] } };
const PLACES = {
  'in a text': [
    created,
    item('message', { role: 'assistant', content: [] }),
    { type: 'response.output_text.delta', ...at, delta: 'Hello' },
  ],
  'in a thought': [
    created,
    item('reasoning', { summary: [] }),
    { type: 'response.reasoning_summary_text.delta', ...at, summary_index: 0, delta: 'Hm' },
  ],
  'before anything': [],
};

let events = [];
let asked = () => {};
let left = () => {};
const api = createServer((request, response) => {
  request.resume();
  response.on('close', () => left(performance.now()));
  response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
  for (const event of events) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  asked();
});

/** As the decorators do, which JavaScript has not. */
class Controller {
  reply(_message, ctx) {
    return runAgent(agent, ctx);
  }
}
OnMessage()(Controller.prototype, 'reply', Object.getOwnPropertyDescriptor(Controller.prototype, 'reply'));
ChatController()(Controller);

const listening = async (server) => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${server.address().port}`;
};
const client = new OpenAI({ baseURL: `${await listening(api)}/v1`, apiKey: 'bench', maxRetries: 0 });
const agent = new Agent({ name: 'bench', model: new OpenAIResponsesModel(client, 'bench') });
const chat = createServer(chatkit({ controllers: [Controller], store: new MemoryStore(), owner: 'shared' }));
const url = `${await listening(chat)}/chatkit`;
const body = JSON.stringify({
  type: 'threads.create',
  params: {
    input: { content: [{ type: 'input_text', text: 'Hi' }], attachments: [], inference_options: {} },
  },
});

/** Milliseconds from the abort to the close of the model's request. */
async function leave(mark) {
  const closed = new Promise((resolve) => (left = resolve));
  const reached = new Promise((resolve) => (asked = resolve));
  const controller = new AbortController();
  const response = await fetch(url, {
    method: 'POST',
    body,
    signal: controller.signal,
    headers: { 'content-type': 'application/json' },
  });
  const decoder = new TextDecoder();
  if (!response.ok) throw new Error(await response.text());
  const reader = response.body.getReader();
  for (let text = ''; mark !== undefined && !text.includes(mark);) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`The answer ended: ${text}`);
    text += decoder.decode(value, { stream: true });
  }
  await reached;
  const start = performance.now();
  controller.abort();
  return (await closed) - start;
}

console.log(`milliseconds until the model's request is closed, of ${ROUNDS}: median, longest`);
for (const [place, said] of Object.entries(PLACES)) {
  events = said;
  const mark = { 'in a text': '"delta":"Hello"', 'in a thought': '"Hm"' }[place];
  await leave(mark); // what is loaded once
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await leave(mark));
  times.sort((a, b) => a - b);
  console.log(`${place}: ${times[ROUNDS >> 1].toFixed(1)}, ${times.at(-1).toFixed(1)}`);
}
for (const server of [chat, api]) {
  server.close();
  server.closeAllConnections();
}
