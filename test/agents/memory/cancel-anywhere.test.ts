import { Agent, tool } from '@openai/agents';
import { z } from 'zod';
import { agentContext, type RunAgentOptions } from '../../../src/agents';
import { textOf, threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { pause, until } from '../../support/wait';
import { api, functionCall, message, reasoning, type ApiEvent } from '../golden/stream';
import { chatModel, responsesModel, serveAgent } from '../support/chat';
import { OpenAiServer, type Script } from '../support/openai-server';
import { chatAnswer, responding } from '../support/scripts';

/* The client leaves after each event of the model: in reasoning, texts, searches, and before and after tools. */

const show = tool({
  name: 'show',
  description: 'Shows something.',
  parameters: z.object({}),
  async execute(_, run) {
    await agentContext(run).streamWidget({ type: 'Card', children: [] });
    return 'shown';
  },
});
const find = tool({ name: 'find', description: 'Finds.', parameters: z.object({}), execute: () => 'found' });
const ask = tool({
  name: 'ask',
  description: 'Asks the page.',
  parameters: z.object({}),
  execute: (_, run) => agentContext(run).clientToolCall('ask'),
});

const search = {
  id: 'ws_1',
  type: 'web_search_call',
  status: 'completed',
  action: { type: 'search', query: 'x' },
};
const call = (name: string, number: number, index: number) =>
  functionCall(name, { callId: `call_${String(number)}`, id: `fc_${String(number)}`, index });

interface Api {
  model: typeof responsesModel;
  /** The responses of one run, which ends with a call of a tool in the browser. */
  run: ApiEvent[][];
  saying(text: string): ApiEvent[];
}

const APIS: Record<string, Api> = {
  Responses: {
    model: responsesModel,
    saying: (text) => responding(message([text])),
    run: [
      responding(
        reasoning([['Find ', 'it'], ['and show it']]),
        message(['Let ', 'me.'], { index: 1 }),
        call('find', 1, 2),
        call('show', 2, 3),
      ),
      responding(
        reasoning([['Now search']], { id: 'rs_2' }),
        api('output_item.added', { output_index: 1, item: { ...search, status: 'in_progress' } }),
        api('output_item.done', { output_index: 1, item: search }),
        call('find', 3, 2),
      ),
      responding(
        message(['It is ', 'there.'], { id: 'msg_3' }),
        reasoning([['Ask where']], { id: 'rs_3', index: 1 }),
        call('ask', 4, 2),
      ),
    ],
  },
  'Chat Completions': {
    model: chatModel,
    saying: (text) => chatAnswer([text]),
    run: [
      chatAnswer(
        ['Let ', 'me.'],
        [
          { id: 'call_1', name: 'find' },
          { id: 'call_2', name: 'show' },
        ],
      ),
      chatAnswer([], [{ id: 'call_3', name: 'find' }]),
      chatAnswer(['It is ', 'there.'], [{ id: 'call_4', name: 'ask' }]),
    ],
  },
};

const settings: [string, RunAgentOptions][] = [
  ['neither', {}],
  ['previousResponseId', { previousResponseId: true }],
  ["remember: 'run'", { remember: 'run' }],
  ['both', { previousResponseId: true, remember: 'run' }],
];
const cases = Object.entries(APIS).flatMap(([name, api]) =>
  settings.map(([setting, options]) => [name, setting, api, options] as const),
);

describe.each(cases)('by %s, with %s,', (_, __, { model, run, saying }, options) => {
  const scripts = run.flatMap((events, response) =>
    events.map((___, end): Script[] => [
      ...run.slice(0, response).map((whole) => ({ events: whole })),
      { events: events.slice(0, end), end: 'never' },
    ]),
  );

  it('the two runs after a cancel anywhere are accepted at once', async () => {
    const server = await OpenAiServer.start();
    const agent = new Agent({
      name: 'test',
      model: model(server),
      tools: [find, show, ask],
      toolUseBehavior: { stopAtToolNames: ['ask'] },
    });
    const chat = await serveAgent(agent, options);
    for (const cut of [...scripts, run.map((events) => ({ events }))]) {
      server.will(saying('Hello.'), ...cut, saying('Yes.'), saying('Again.'));
      const before = server.exchanges.length;
      const asked = (): number => server.exchanges.length - before;
      const threadId = threadIdOf(await chat.post(wire.create('0')));
      const stream = await chat.open(wire.say(threadId, '1'));
      await until(() => asked() === 1 + cut.length);
      await pause(5);
      stream.leave();
      for (const text of ['Yes.', 'Again.']) {
        await chat.post(wire.say(threadId, text));
        expect(textOf((await chat.items(threadId)).at(-1))).toBe(text);
      }
      expect(asked()).toBe(3 + cut.length); // none was refused
      const continues = options.previousResponseId === true && model === responsesModel;
      expect(server.last.body.previous_response_id !== undefined).toBe(continues);
    }
    expect(chat.logger.messages('error')).toEqual([]);
  }, 60_000);
});
