import { Agent, tool, type Model } from '@openai/agents';
import { z } from 'zod';
import type { RunAgentOptions } from '../../../src/agents';
import { threadIdOf, type TestChat } from '../../support/chat';
import * as wire from '../../support/requests';
import { api, functionCall, message, type Step } from '../golden/stream';
import { chatModel, outline, responsesModel, serveAgent } from '../support/chat';
import { OpenAiServer, type Script } from '../support/openai-server';
import { chatAnswer, responding } from '../support/scripts';

const refused: Script = { events: [], status: 400 };

/** An agent with a tool, which counts how often it has run. */
function finding(options: RunAgentOptions) {
  let runs = 0;
  const find = tool({
    name: 'find',
    description: 'Finds something.',
    parameters: z.object({}),
    execute: () => `found ${String((runs += 1))}`,
  });
  return {
    runs: () => runs,
    serve: (model: Model, store?: TestChat['store']) =>
      serveAgent(new Agent({ name: 'test', model, tools: [find] }), options, store && { store }),
  };
}

const settings: [string, RunAgentOptions][] = [
  ['previousResponseId', { previousResponseId: true }],
  ["remember: 'run'", { remember: 'run' }],
];

describe('with previousResponseId and a model of Chat Completions, which would ignore it,', () => {
  it('the run reads the thread', async () => {
    const server = (await OpenAiServer.start()).will(
      responding(message(['One.'])),
      chatAnswer(['Ignored.']),
      chatAnswer(['Two.']),
    );
    const { serve } = finding({ previousResponseId: true });
    const chat = await serve(responsesModel(server));
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    const other = await serve(chatModel(server), chat.store);
    const { events } = await other.post(wire.say(threadId, '2'));
    expect(outline(events)).toEqual([
      'done user_message',
      'added assistant_message',
      '“Two.”',
      'done assistant_message',
    ]);
    expect(server.last.body.messages).toMatchObject([{}, { content: [{ text: 'One.' }] }, {}]);
  });
});

describe('with previousResponseId and a handoff in the run that continues,', () => {
  const handingOff = responding(functionCall('transfer_to_other'));

  it.each<[string, typeof responsesModel, (Script | Script['events'])[]]>([
    ['to a model of Chat Completions, which gets an output without its call', chatModel, []],
    ['to a model whose API refuses it', responsesModel, [refused]],
  ])('%s, the run reads the thread', async (_, model, scripts) => {
    const whole = model === chatModel ? chatAnswer(['Two.']) : responding(message(['Two.']));
    const server = (await OpenAiServer.start()).will(
      responding(message(['One.'])),
      handingOff,
      ...scripts,
      handingOff,
      whole,
    );
    const other = new Agent({ name: 'other', model: model(server) });
    const agent = new Agent({ name: 'test', model: responsesModel(server), handoffs: [other] });
    const chat = await serveAgent(agent, { previousResponseId: true });
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    const { events } = await chat.post(wire.say(threadId, '2'));
    expect(outline(events)).toEqual([
      'done user_message',
      'added assistant_message',
      '“Two.”',
      'done assistant_message',
    ]);
    expect(JSON.stringify(server.last.body.input ?? server.last.body.messages)).toContain('One.');
  });
});

describe('a run that failed, with previousResponseId,', () => {
  it('is not continued: the next one reads the thread', async () => {
    const server = (await OpenAiServer.start()).will(
      responding(message(['One.'])),
      responding(message(['Two.'])).slice(0, -4),
      responding(message(['Three.'])),
    );
    const chat = await finding({ previousResponseId: true }).serve(responsesModel(server));
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    await chat.post(wire.say(threadId, '2'));
    expect(server.last.body.previous_response_id).toBe('resp_1');
    await chat.post(wire.say(threadId, '3'));
    expect(server.last.body.previous_response_id).toBeUndefined();
    expect(JSON.stringify(server.last.body.input)).toMatch(/"1".*One\..*"2".*Two\..*broke off.*"3"/);
  });
});

describe("with remember: 'run' and a model of another API, into which the SDK cannot convert a search,", () => {
  it('the run reads the thread', async () => {
    const action = { type: 'search', query: 'jugs' };
    const item = { id: 'ws_1', type: 'web_search_call', status: 'completed', action };
    const search: Step = api('output_item.done', { output_index: 0, item });
    const server = (await OpenAiServer.start()).will(
      responding(search, functionCall('find', { index: 1 })),
      responding(message(['One.'])),
      chatAnswer(['Two.']),
    );
    const { serve } = finding({ remember: 'run' });
    const chat = await serve(responsesModel(server));
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    const other = await serve(chatModel(server), chat.store);
    const { events } = await other.post(wire.say(threadId, '2'));
    expect(outline(events)).toContain('“Two.”');
    expect(server.last.body.messages).toHaveLength(3);
  });
});

describe.each(settings)('a run that the API refuses, with %s,', (_, options) => {
  const second = { callId: 'call_2', id: 'fc_2' };

  it('does not start anew after its tools have run: they would run twice', async () => {
    const server = (await OpenAiServer.start()).will(
      responding(functionCall('find')),
      responding(message(['One.'])),
      responding(functionCall('find', second)),
      refused,
      responding(message(['Two.'])),
    );
    const { serve, runs } = finding(options);
    const chat = await serve(responsesModel(server));
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    const { events } = await chat.post(wire.say(threadId, '2'));
    expect(outline(events)).toEqual(['done user_message', 'error stream.error']);
    expect(runs()).toBe(2);

    // The thread is not lost by it.
    expect(outline((await chat.post(wire.say(threadId, '3'))).events)).toContain('“Two.”');
  });

  it('does not start anew after the user has seen something of it', async () => {
    const server = (await OpenAiServer.start()).will(
      responding(functionCall('find')),
      responding(message(['One.'])),
      responding(message(['Let me see.']), functionCall('find', { ...second, index: 1 })),
      refused,
    );
    const chat = await finding(options).serve(responsesModel(server));
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    const { events } = await chat.post(wire.say(threadId, '2'));
    expect(outline(events).slice(-2)).toEqual(['done assistant_message', 'error stream.error']);
    expect(server.exchanges).toHaveLength(4);
  });

  it.each([400, 404, 422])('starts anew with the thread, if the status is %i', async (status) => {
    const server = (await OpenAiServer.start()).will(
      responding(functionCall('find')),
      responding(message(['One.'])),
      { ...refused, status },
      responding(message(['Two.'])),
    );
    const chat = await finding(options).serve(responsesModel(server));
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    const { events } = await chat.post(wire.say(threadId, '2'));
    expect(outline(events)).toContain('“Two.”');
    expect(server.last.body.input).toHaveLength(3);
  });

  it('fails if the thread alone is refused too', async () => {
    const server = (await OpenAiServer.start()).will(
      responding(functionCall('find')),
      responding(message(['One.'])),
      refused,
      refused,
      responding(message(['Two.'])),
    );
    const chat = await finding(options).serve(responsesModel(server));
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    const { events } = await chat.post(wire.say(threadId, '2'));
    expect(outline(events)).toEqual(['done user_message', 'error stream.error']);
    expect(server.exchanges).toHaveLength(4);
  });
});
