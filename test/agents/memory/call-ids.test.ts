import { Agent, tool } from '@openai/agents';
import fc from 'fast-check';
import { z } from 'zod';
import { agentContext, type InputItem, type RunAgentOptions } from '../../../src/agents';
import { wholeCalls } from '../../../src/agents/input/whole-calls';
import { threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { functionCall, message, type ApiEvent } from '../golden/stream';
import { chatModel, outline, responsesModel, serveAgent } from '../support/chat';
import { refusalOf } from '../support/conversations';
import { OpenAiServer } from '../support/openai-server';
import { chatAnswer, responding } from '../support/scripts';

/* Servers that count their calls anew with every response. The SDK takes calls of one id for one call. */

const find = tool({ name: 'find', description: 'Finds.', parameters: z.object({}), execute: () => 'found' });
const ask = tool({
  name: 'ask',
  description: 'Asks the page.',
  parameters: z.object({}),
  execute: (_, run) => agentContext(run).clientToolCall('ask'),
});

interface Api {
  model: typeof responsesModel;
  calling(tool: string, id: string): ApiEvent[];
  saying(text: string): ApiEvent[];
}

const APIS: Record<string, Api> = {
  Responses: {
    model: responsesModel,
    calling: (name, callId) => responding(functionCall(name, { callId })),
    saying: (text) => responding(message([text])),
  },
  'Chat Completions': {
    model: chatModel,
    calling: (name, id) => chatAnswer([], [{ id, name }]),
    saying: (text) => chatAnswer([text]),
  },
};
const IDS = ['0', 'call_1', 'FAKE_ID', 'functions.get_order_state:0'];
const cases = Object.entries(APIS).flatMap(([name, api]) => IDS.map((id) => [id, name, api] as const));

async function serve({ model }: Api, scripts: ApiEvent[][], options: RunAgentOptions = {}) {
  const server = (await OpenAiServer.start()).will(...scripts);
  const agent = new Agent({
    name: 'test',
    model: model(server),
    tools: [find, ask],
    toolUseBehavior: { stopAtToolNames: ['ask'] },
  });
  return { server, chat: await serveAgent(agent, options) };
}

/** The outputs of calls that the last request tells. */
const told = ({ last }: OpenAiServer): unknown[] =>
  (last.body.input ?? last.body.messages)!.flatMap(({ type, role, output, content }) =>
    type === 'function_call_output' ? [output] : role === 'tool' ? [content] : [],
  );

describe.each(cases)('calls of one id, "%s", by %s,', (id, _, api) => {
  it('of the page are all told, each with its output', async () => {
    const { server, chat } = await serve(api, [
      api.calling('ask', id),
      api.saying('One.'),
      api.calling('ask', id),
      api.saying('Two.'),
    ]);
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    await chat.post(wire.toolOutput(threadId, 'yes'));
    await chat.post(wire.say(threadId, '2'));
    const { events } = await chat.post(wire.toolOutput(threadId, 'no'));
    expect(outline(events)).toContain('“Two.”');
    expect(told(server)).toEqual(['"yes"', '"no"']);
  });

  it('are told where they are of runs that are remembered', async () => {
    const { server, chat } = await serve(
      api,
      [
        api.calling('find', id),
        api.saying('One.'),
        api.calling('find', id),
        api.saying('Two.'),
        api.saying('So.'),
      ],
      { remember: 'run' },
    );
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    await chat.post(wire.say(threadId, '2'));
    await chat.post(wire.say(threadId, '3'));
    expect(server.exchanges).toHaveLength(5); // none was refused
    expect(told(server)).toEqual(['found', 'found']);
  });
});

describe('wholeCalls', () => {
  const item = fc.tuple(
    fc.constantFrom('call', 'result', 'text'),
    fc.constantFrom('0', 'functions.get_order_state:0', 'x'.repeat(20)),
  );
  const input = fc.array(item).map((items) =>
    items.map(([kind, callId], index): InputItem => {
      if (kind === 'text') return { role: 'user', content: [{ type: 'input_text', text: String(index) }] };
      const rest = { callId, name: 'find', status: 'completed' } as const;
      return kind === 'call'
        ? { type: 'function_call', arguments: String(index), ...rest }
        : { type: 'function_call_result', output: String(index), ...rest };
    }),
  );

  it('leaves nothing that an API refuses, and every pair that is one', () => {
    fc.assert(
      fc.property(input, (items) => {
        const whole = wholeCalls(items);
        const asSent = whole.map((each) => ({
          ...each,
          ...('callId' in each ? { call_id: each.callId } : {}),
          ...('type' in each ? { type: each.type.replace('_result', '_output') } : {}),
        }));
        expect(refusalOf(asSent)).toBeUndefined();
        const calls = whole.filter((each) => 'arguments' in each);
        expect(new Set(calls.map(({ callId }) => callId)).size).toBe(calls.length);
        expect(whole.filter((each) => 'role' in each)).toEqual(items.filter((each) => 'role' in each));
        expect(calls).toHaveLength(pairsOf(items));
      }),
    );
  });

  /** Counts them in the plainest way. */
  function pairsOf(items: InputItem[]): number {
    const open = new Set<string>();
    return items.filter((each) => {
      if ('arguments' in each) open.add(each.callId);
      return 'output' in each && open.delete(each.callId);
    }).length;
  }

  it('keeps ids that do not come again, and changes the others alike each time', () => {
    const pair = (callId: string): InputItem[] => [
      { type: 'function_call', callId, name: 'find', arguments: '{}', status: 'completed' },
      { type: 'function_call_result', callId, name: 'find', status: 'completed', output: '' },
    ];
    const ids = (items: InputItem[]) =>
      wholeCalls(items).map((each) => ('callId' in each ? each.callId : ''));
    expect(ids(pair('call_abcdefghijklmnop'))).toEqual(['call_abcdefghijklmnop', 'call_abcdefghijklmnop']);
    const [first] = ids(pair('0'));
    expect(first).toMatch(/^[a-z0-9]{9}$/);
    expect(ids([...pair('0'), ...pair('0')]).slice(0, 2)).toEqual([first, first]);
  });
});
