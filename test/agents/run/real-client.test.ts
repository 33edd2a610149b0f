import { Agent, tool } from '@openai/agents';
import { z } from 'zod';
import * as wire from '../../support/requests';
import { pause, until } from '../../support/wait';
import { functionCall, message, reasoning, type ApiEvent } from '../golden/stream';
import { chatModel, outline, responsesModel, serveAgent } from '../support/chat';
import { OpenAiServer, type Script } from '../support/openai-server';
import { beginning, chatAnswer, responding } from '../support/scripts';

/* What the real client of OpenAI does: retries, and closing its request. */

const find = tool({ name: 'find', description: 'Finds.', parameters: z.object({}), execute: () => 'found' });
const NEVER: Script['end'] = 'never';
const answered = ['done user_message', 'added assistant_message', '“Yes.”', 'done assistant_message'];

const apis: [string, typeof responsesModel, ApiEvent[]][] = [
  ['Responses', responsesModel, responding(message(['Yes.']))],
  ['Chat Completions', chatModel, chatAnswer(['Yes.'])],
];

describe.each(apis)('the client of OpenAI, by %s,', (_, model, events) => {
  it.each([429, 500, 503])('asks again after status %i, and the user sees one answer', async (status) => {
    const server = (await OpenAiServer.start()).will({ events: [], status }, { events: [], status }, events);
    const chat = await serveAgent(new Agent({ name: 'test', model: model(server, 2) }));
    const reply = await chat.post(wire.create('Hello'));
    expect(outline(reply.events)).toEqual(answered);
    expect(server.exchanges).toHaveLength(3);
  });

  it('does not ask again after the client has left', async () => {
    const server = (await OpenAiServer.start()).will({ events: [], status: 500, retryAfterMs: 100 }, events);
    const chat = await serveAgent(new Agent({ name: 'test', model: model(server, 2) }));
    const stream = await chat.open(wire.create('Hello'));
    await until(() => server.exchanges.length === 1);
    stream.leave();
    await pause(200);
    expect(server.exchanges).toHaveLength(1);
  });

  it('does not ask again after an answer that broke off', async () => {
    const server = (await OpenAiServer.start()).will(
      { events: [...events.slice(0, -1), { ms: 20 }], end: 'broken' },
      events,
    );
    const chat = await serveAgent(new Agent({ name: 'test', model: model(server, 2) }));
    const reply = await chat.post(wire.create('Hello'));
    expect(outline(reply.events).at(-1)).toBe('error stream.error');
    expect(server.exchanges).toHaveLength(1);
  });
});

describe('within 100 ms after the client has left, the request to the model is closed,', () => {
  const inner = (server: OpenAiServer) =>
    new Agent({ name: 'inner', model: responsesModel(server) }).asTool({
      toolName: 'inner',
      toolDescription: 'Asks another agent.',
    });
  const asking = responding(functionCall('inner', { args: '{"input":"x"}' }));
  const phases: [string, Script[]][] = [
    ['before the model has said anything', [{ events: [], end: NEVER }]],
    ['in a text', [{ events: beginning(message(['It is', ' in'])).slice(0, 4), end: NEVER }]],
    ['in a thought', [{ events: beginning(reasoning([['Let me', ' see']])).slice(0, 4), end: NEVER }]],
    ['in a call', [{ events: beginning(functionCall('find')).slice(0, 3), end: NEVER }]],
    ['after a tool', [{ events: responding(functionCall('find')) }, { events: [], end: NEVER }]],
    ['in an agent that is a tool', [{ events: asking }, { events: [], end: NEVER }]],
  ];

  it.each(phases)('%s', async (_, scripts) => {
    const server = await OpenAiServer.start();
    const agent = new Agent({ name: 'test', model: responsesModel(server), tools: [find, inner(server)] });
    const chat = await serveAgent(agent);
    const times: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const before = server.exchanges.length;
      server.will(...scripts);
      const stream = await chat.open(wire.create('Hello'));
      await until(() => server.exchanges.length === before + scripts.length);
      await pause(10);
      const start = performance.now();
      stream.leave();
      await server.last.left;
      times.push(performance.now() - start);
    }
    expect(Math.min(...times)).toBeLessThan(100); // the machine of the tests may be busy for a moment
  });
});
