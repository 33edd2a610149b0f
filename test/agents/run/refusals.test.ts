import { Agent, tool } from '@openai/agents';
import { z } from 'zod';
import { textOf, threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { api, functionCall, message, messageItem, type ApiEvent } from '../golden/stream';
import { chatModel, outline, responsesModel, serveAgent } from '../support/chat';
import { OpenAiServer } from '../support/openai-server';
import { chatAnswer, chatChunk, responding } from '../support/scripts';

const at = { item_id: 'msg_1', output_index: 0, content_index: 0 };
const part = (refusal: string) => ({ type: 'refusal', refusal });
const item = (content: object[], status = 'completed') => ({
  output_index: 0,
  item: messageItem('msg_1', content, status),
});
const find = tool({ name: 'find', description: 'Finds.', parameters: z.object({}), execute: () => 'found' });

interface Api {
  model: typeof responsesModel;
  calling: ApiEvent[];
  refusing: ApiEvent[];
  saying: ApiEvent[];
  shown: string[];
}

const APIS: Record<string, Api> = {
  Responses: {
    model: responsesModel,
    calling: responding(functionCall('find')),
    refusing: responding(
      api('output_item.added', item([], 'in_progress')),
      api('content_part.added', { ...at, part: part('') }),
      api('refusal.delta', { ...at, delta: 'I can' }),
      api('refusal.delta', { ...at, delta: 'not.' }),
      api('refusal.done', { ...at, refusal: 'I cannot.' }),
      api('output_item.done', item([part('I cannot.')])),
    ),
    saying: responding(message(['Gladly.'])),
    shown: ['added assistant_message', '“I can”', '“not.”', 'done assistant_message'],
  },
  'Chat Completions': {
    model: chatModel,
    calling: chatAnswer([], [{ id: 'call_1', name: 'find' }]),
    refusing: [
      chatChunk({ role: 'assistant', content: null }),
      chatChunk({ refusal: 'I can' }),
      chatChunk({ refusal: 'not.' }),
      chatChunk({}, 'stop'),
    ],
    saying: chatAnswer(['Gladly.']),
    shown: ['done assistant_message'],
  },
};
const MEMORIES = [
  {},
  { remember: 'run' },
  { previousResponseId: true },
  { remember: 'run', previousResponseId: true },
] as const;
const cases = Object.entries(APIS).flatMap(([name, each]) =>
  MEMORIES.map((memory) => [name, memory, each] as const),
);

it.each(cases)(
  'a refusal by %s is an answer, with %j, and the next run reads it',
  async (_, memory, each) => {
    const server = (await OpenAiServer.start()).will(each.calling, each.refusing, each.saying);
    const agent = new Agent({ name: 'test', model: each.model(server), tools: [find] });
    const chat = await serveAgent(agent, memory);
    const { events } = await chat.post(wire.create('Tell me'));
    expect(outline(events).slice(1)).toEqual(each.shown);
    expect(chat.logger.lines).toEqual([]);
    const threadId = threadIdOf({ events });
    expect((await chat.items(threadId)).map(textOf)).toEqual(['Tell me', 'I cannot.']);
    const next = await chat.post(wire.say(threadId, 'Say “gladly”'));
    expect(outline(next.events)).toContain('“Gladly.”');
    expect(server.exchanges).toHaveLength(3);
    expect(JSON.stringify(server.last.body)).toContain('I cannot.');
  },
);
