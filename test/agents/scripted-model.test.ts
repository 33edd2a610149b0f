import 'reflect-metadata';
import { Agent, run, tool, type Model } from '@openai/agents';
import { z } from 'zod';
import { ChatController, OnMessage, type ChatContext } from '../../src';
import { agentContext, runAgent } from '../../src/agents';
import { chatMatchers, testChat } from '../../src/testing';
import { scriptedModel, toolCall, type Script } from '../../src/testing/agents';
import { Samples } from '../../src/testing/agents/sample-of';
import { RecordingLogger } from '../support/logger';

expect.extend(chatMatchers);

const showOrder = tool({
  name: 'show_order',
  description: 'Shows an order.',
  parameters: z.object({ id: z.string() }),
  async execute({ id }, context) {
    await agentContext(context).progress(`Looking for ${id}`);
    return `${id} is on its way`;
  },
});

function chatWith(script: Script) {
  const model = scriptedModel(script);
  const agent = new Agent({ name: 'Shop', model, tools: [showOrder] });
  @ChatController()
  class Shop {
    @OnMessage()
    reply(_message: unknown, ctx: ChatContext) {
      return runAgent(agent, ctx);
    }
  }
  return { model, chat: testChat({ controllers: [Shop], logger: new RecordingLogger() }) };
}

it('is a model of the SDK', () => {
  const model: Model = scriptedModel([]);
  expect(model).toBeDefined();
});

it('says texts word by word, calls tools, and knows what it was asked', async () => {
  const { chat, model } = chatWith([
    ['Here it is: ', toolCall('show_order', { id: 'A-17' })],
    'Anything else?',
  ]);
  const result = await chat.send('Where is my order?');
  expect(result).toHaveSaid('Here it is: ');
  expect(result).toHaveSaid('Anything else?');
  const deltas = result.events.flatMap((event) =>
    event.type === 'thread.item.updated' && 'delta' in event.update ? [event.update.delta] : [],
  );
  expect(deltas).toEqual(['Here ', 'it ', 'is: ', 'Anything ', 'else?']);
  expect(result.events).toContainEqual(expect.objectContaining({ text: 'Looking for A-17' }));
  expect(model.requests).toHaveLength(2);
  expect(JSON.stringify(model.requests[0]!.input)).toContain('Where is my order?');
  expect(JSON.stringify(model.requests[0]!.input)).not.toContain('on its way');
  expect(JSON.stringify(model.requests[1]!.input)).toContain('A-17 is on its way');
});

it('fails, also amid an answer, of which what was shown is kept', async () => {
  const { chat } = chatWith([new Error('overloaded'), ['Well, ', new Error('overloaded')]]);
  expect((await chat.send('hello')).error).toBeDefined();
  const { error, items } = await chat.send('again');
  expect(error).toBeDefined();
  expect(JSON.stringify(items)).toContain('Well, ');
});

it('is stopped amid an answer by a client that hangs up', async () => {
  const { chat } = chatWith(['One two three four']);
  const { messages, hiddenContext } = await chat.send('hello', { hangUpAfter: 7 });
  expect(messages).toEqual(['One two ']);
  expect(hiddenContext).toHaveLength(1);
});

it('answers by a function as often as it is asked, and says when a list is at its end', async () => {
  const { chat, model } = chatWith(({ input }) => `Asked with ${String(input.length)} item(s)`);
  expect(await chat.send('hello')).toHaveSaid('Asked with 1 item(s)');
  expect(await chat.send('again')).toHaveSaid('Asked with 3 item(s)');
  expect(model.requests).toHaveLength(2);
  const short = chatWith([() => 'Only this']);
  await short.chat.send('hello');
  expect((await short.chat.send('again')).error).toBeDefined();
  await expect(run(new Agent({ name: 'A', model: scriptedModel([]) }), 'x')).rejects.toThrow(
    'The script of the model has 0 answer(s), but the model was called once more.',
  );
});

it('answers without a stream as well', async () => {
  const agent = new Agent({ name: 'A', model: scriptedModel([toolCall('show', {}), 'Done.']), tools: [] });
  await expect(run(agent, 'x')).rejects.toThrow('show'); // it has no such tool
  const other = new Agent({ name: 'A', model: scriptedModel(['Done.']) });
  expect((await run(other, 'x')).finalOutput).toBe('Done.');
});

describe('values that a schema allows', () => {
  const samples = new Samples();

  it('are of its types and formats', () => {
    const schema = z.toJSONSchema(
      z.object({
        id: z.uuid(),
        at: z.iso.datetime(),
        count: z.int().min(3),
        list: z.array(z.object({ kind: z.literal('x') })),
        either: z.union([z.string(), z.number()]),
        nothing: z.null(),
      }),
    );
    expect(samples.of(schema)).toEqual({
      id: '00000000-0000-4000-8000-000000000000',
      at: '2026-01-01T00:00:00Z',
      count: 10,
      list: [{ kind: 'x' }],
      either: 'sample',
      nothing: null,
    });
  });

  it('are of another choice each time', () => {
    const schema = {
      type: 'object',
      properties: { kind: { $ref: '#/$defs/Kind' }, is: { type: 'boolean' } },
      $defs: { Kind: { enum: ['a', 'b'] } },
    };
    expect([samples.of(schema), samples.of(schema), samples.of(schema)]).toEqual([
      { kind: 'a', is: true },
      { kind: 'b', is: false },
      { kind: 'a', is: true },
    ]);
  });
});
