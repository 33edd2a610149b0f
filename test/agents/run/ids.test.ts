import { Agent, handoff, tool } from '@openai/agents';
import { z } from 'zod';
import { agentContext } from '../../../src/agents';
import { textOf, threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { functionCall, message, type ApiEvent } from '../golden/stream';
import { chatModel, outline, responsesModel, serveAgent } from '../support/chat';
import { OpenAiServer } from '../support/openai-server';
import { chatAnswer, responding } from '../support/scripts';

const find = tool({
  name: 'find',
  description: 'Finds.',
  parameters: z.object({}),
  async execute(_, run) {
    await agentContext(run).streamWidget({ type: 'Card', children: [] });
    return 'found';
  },
});

/** Replaces the ids of outputs in events of the API; `undefined` leaves them out. */
function withIds(events: ApiEvent[], idOf: (id: string) => string | undefined): ApiEvent[] {
  return events.map((event) => {
    const { item, item_id: itemId } = event as { item?: { id: string }; item_id?: string };
    return {
      ...event,
      ...(itemId === undefined ? {} : { item_id: idOf(itemId) }),
      ...(item === undefined ? {} : { item: { ...item, id: idOf(item.id) } }),
    };
  });
}

const calling = (turn: string): ApiEvent[] =>
  responding(
    message(['Let ', `me ${turn}.`], { id: 'msg_1' }),
    functionCall('find', { index: 1, callId: `call_${turn}_1`, id: 'fc_1' }),
    functionCall('find', { index: 2, callId: `call_${turn}_2`, id: 'fc_2' }),
  );
const answering = (turn: string): ApiEvent[] =>
  responding(message([`${turn}, `, 'there.'], { id: 'msg_2' }), message(['So.'], { id: 'msg_3', index: 1 }));

let count = 0;
const SERVERS: Record<string, (id: string) => string | undefined> = {
  'no ids': () => undefined,
  'one made-up id for everything': () => 'FAKE_ID',
  'the same ids in each turn': (id) => id,
  'ids that change with every event': () => `id_${String((count += 1))}`,
};

it.each(Object.entries(SERVERS))('a server with %s: each item has its own', async (_, idOf) => {
  const turns = ['one', 'two'];
  const scripts = turns.flatMap((turn) => [calling(turn), answering(turn)]);
  const server = (await OpenAiServer.start()).will(...scripts.map((events) => withIds(events, idOf)));
  const chat = await serveAgent(new Agent({ name: 'test', model: responsesModel(server), tools: [find] }));
  const first = await chat.post(wire.create('one'));
  const threadId = threadIdOf(first);
  const second = await chat.post(wire.say(threadId, 'two'));
  const shown = (turn: string) => [
    'done user_message',
    ...['added assistant_message', '“Let ”', `“me ${turn}.”`, 'done assistant_message'],
    ...['done widget', 'done widget'],
    ...['added assistant_message', `“${turn}, ”`, '“there.”', 'done assistant_message'],
    ...['added assistant_message', '“So.”', 'done assistant_message'],
  ];
  expect(outline(first.events)).toEqual(shown('one'));
  expect(outline(second.events)).toEqual(shown('two'));
  const items = await chat.items(threadId);
  expect(new Set(items.map(({ id }) => id)).size).toBe(2 * 6);
  const texts = items.filter(({ type }) => type === 'assistant_message').map(textOf);
  expect(texts).toEqual(turns.flatMap((turn) => [`Let me ${turn}.`, `${turn}, there.`, 'So.']));
});

const models = { Responses: responsesModel, 'Chat Completions': chatModel };
const answers = {
  Responses: (text: string, call?: string) =>
    responding(message([text]), ...(call === undefined ? [] : [functionCall(call, { index: 1 })])),
  'Chat Completions': (text: string, call?: string) =>
    chatAnswer([text], call === undefined ? [] : [{ id: 'call_1', name: call }]),
};

it.each([
  ['Responses', 'Chat Completions'],
  ['Chat Completions', 'Responses'],
] as const)('a handoff from a model of %s to one of %s shows each text once', async (from, to) => {
  const server = (await OpenAiServer.start()).will(
    answers[from]('One.', 'transfer_to_next'),
    answers[to]('Two.'),
  );
  const next = new Agent({ name: 'next', model: models[to](server) });
  const agent = new Agent({ name: 'test', model: models[from](server), handoffs: [handoff(next)] });
  const chat = await serveAgent(agent);
  const { events } = await chat.post(wire.create('Hello'));
  const said = (text: string) => ['added assistant_message', `“${text}”`, 'done assistant_message'];
  expect(outline(events).slice(1)).toEqual([...said('One.'), ...said('Two.')]);
});
