import { Agent, tool } from '@openai/agents';
import { z } from 'zod';
import { agentContext, runAgent, type RunAgentOptions } from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnAction, OnMessage } from '../../../src/decorators';
import { assistantMessage, hiddenContext, respond } from '../../../src/events';
import type { ThreadStreamEvent } from '../../../src/protocol';
import { serveChat, textOf, threadIdOf, type TestChat } from '../../support/chat';
import * as wire from '../../support/requests';
import { until } from '../../support/wait';
import { api, functionCall, message, reasoning } from '../golden/stream';
import { chatModel, outline, responsesModel, serveAgent } from '../support/chat';
import { OpenAiServer, type Script } from '../support/openai-server';
import { beginning, chatAnswer, responding } from '../support/scripts';

const find = tool({
  name: 'find',
  description: 'Finds something.',
  parameters: z.object({}),
  execute: () => 'found',
});
const ask = tool({
  name: 'ask',
  description: 'Asks the page.',
  parameters: z.object({}),
  execute: (_, run) => agentContext(run).clientToolCall('ask'),
});

interface Served {
  server: OpenAiServer;
  chat: TestChat;
}

async function serve(
  options: RunAgentOptions,
  scripts: (Script | Script['events'])[],
  agent: Partial<ConstructorParameters<typeof Agent>[0]> = {},
): Promise<Served> {
  const server = (await OpenAiServer.start()).will(...scripts);
  const chat = await serveAgent(
    new Agent({ name: 'test', model: responsesModel(server), tools: [find, ask], ...agent }),
    options,
  );
  return { server, chat };
}

const inputOf = (server: OpenAiServer): string[] =>
  server.last.body.input!.map(({ type = 'message', content, output, summary }) =>
    `${type} ${JSON.stringify(content ?? output ?? summary ?? '')}`.replaceAll('\\"', '"'),
  );
const containing = (...texts: string[]): unknown[] =>
  texts.map((text) => expect.stringContaining(text) as unknown);

describe('previousResponseId', () => {
  const on = { previousResponseId: true };

  it('lets the next run send only what is new', async () => {
    const { server, chat } = await serve(on, [responding(message(['One.'])), responding(message(['Two.']))]);
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    expect(server.last.body.previous_response_id).toBeUndefined();
    await chat.post(wire.say(threadId, '2'));
    expect(server.last.body).toMatchObject({ previous_response_id: 'resp_1' });
    expect(inputOf(server)).toEqual(containing('"2"'));
  });

  it('tells what was shown or noted beside what the model said, and not its own', async () => {
    const show = tool({
      name: 'show',
      description: 'Shows a thing.',
      parameters: z.object({}),
      async execute(_, run) {
        await agentContext(run).stream(hiddenContext('It has been shown.'));
        const { store, thread } = agentContext(run).chat; // as other parts of the application write to it
        const head = {
          id: store.generateId('message'),
          thread_id: thread.id,
          created_at: new Date().toISOString(),
        };
        const content = [{ type: 'output_text' as const, text: 'A parcel has come.', annotations: [] }];
        await store.saveItem({ ...head, type: 'assistant_message', content });
        return 'ok';
      },
    });
    const image = { id: 'ig_1', type: 'image_generation_call', status: 'completed', result: 'QUJD' };
    const { server, chat } = await serve(
      on,
      [
        responding(message(['Let me.']), functionCall('show', { index: 1 })),
        responding(
          [api('output_item.done', { output_index: 0, item: image })],
          message(['One.'], { index: 1 }),
        ),
        responding(message(['Two.'])),
        responding(message(['Three.'])),
      ],
      { tools: [show] },
    );
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    await chat.post(wire.say(threadId, '2'));
    expect(server.last.body).toMatchObject({ previous_response_id: 'resp_2' });
    expect(inputOf(server)).toEqual(containing('It has been shown.', 'A parcel has come.', '"2"'));
    await chat.post(wire.say(threadId, '3'));
    expect(server.last.body).toMatchObject({ previous_response_id: 'resp_3' });
    expect(inputOf(server)).toEqual(containing('"3"'));
  });

  it('does not tell a message twice that the thread lacks', async () => {
    const { server, chat } = await serve(on, [responding(message(['One.'])), responding(message(['Two.']))]);
    const agent = new Agent({ name: 'test', model: responsesModel(server) });
    @ChatController()
    class Controller {
      @OnAction('begin')
      begin() {
        return respond('Begin');
      }
      @OnMessage()
      reply(_message: unknown, ctx: ChatContext) {
        return ctx.message?.content[0]?.text === 'Hello'
          ? assistantMessage('Hello.')
          : runAgent(agent, ctx, on);
      }
    }
    const other = await serveChat({ controllers: [new Controller()], store: chat.store });
    const threadId = threadIdOf(await other.post(wire.create('Hello')));
    await other.post(wire.act(threadId, undefined, 'begin', {}));
    expect(inputOf(server)).toEqual(containing('Hello', 'Hello.', 'Begin'));
    await other.post(wire.say(threadId, '2'));
    expect(server.last.body).toMatchObject({ previous_response_id: 'resp_1' });
    expect(inputOf(server)).toEqual(containing('"2"'));
  });

  it('is not used where nobody asks for it', async () => {
    const { server, chat } = await serve({}, [responding(message(['One.'])), responding(message(['Two.']))]);
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    await chat.post(wire.say(threadId, '2'));
    expect(server.last.body.previous_response_id).toBeUndefined();
    expect(server.last.body.input).toHaveLength(3);
  });

  it('sends an output for each call at which the run stopped', async () => {
    const { server, chat } = await serve(
      on,
      [
        responding(functionCall('find'), functionCall('find', { callId: 'call_2', id: 'fc_2', index: 1 })),
        responding(message(['Two.'])),
      ],
      { toolUseBehavior: 'stop_on_first_tool' },
    );
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    const { events } = await chat.post(wire.say(threadId, '2'));
    expect(outline(events)).toContain('done assistant_message');
    expect(server.last.body).toMatchObject({ previous_response_id: 'resp_1' });
    expect(inputOf(server)).toEqual(
      containing('function_call_output "found"', 'function_call_output "found"', '"2"'),
    );
  });

  const stopping = { toolUseBehavior: { stopAtToolNames: ['ask'] } };
  const asking = [
    responding(
      message(['Hm.']),
      functionCall('ask', { index: 1 }),
      functionCall('find', { callId: 'call_2', id: 'fc_2', index: 2 }),
    ),
    responding(message(['So.'])),
  ];

  it('sends the output of the page, and of tools that ran beside it', async () => {
    const { server, chat } = await serve(on, asking, stopping);
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    await chat.post(wire.toolOutput(threadId, { id: 'jug' }));
    expect(server.last.body).toMatchObject({ previous_response_id: 'resp_1' });
    expect(server.last.body.input).toMatchObject([
      { type: 'function_call_output', call_id: 'call_2', output: 'found' },
      { type: 'function_call_output', call_id: 'call_1', output: '{"id":"jug"}' },
    ]);
  });

  it('is not used where the page has not answered', async () => {
    const { server, chat } = await serve(on, asking, stopping);
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    const { events } = await chat.post(wire.say(threadId, 'Never mind'));
    expect(outline(events)).toContain('done assistant_message');
    expect(server.last.body.previous_response_id).toBeUndefined();
    expect(inputOf(server)).toEqual(containing('"1"', 'Hm.', 'Never mind'));
  });

  it('is not used after a retry that deleted what it covers', async () => {
    const { server, chat } = await serve(on, [responding(message(['One.'])), responding(message(['Two.']))]);
    const { events } = await chat.post(wire.create('1'));
    const user = events.find((event) => event.type === 'thread.item.done')!;
    await chat.post(wire.retry(threadIdOf({ events }), 'item' in user ? user.item.id : ''));
    expect(server.last.body.previous_response_id).toBeUndefined();
    expect(inputOf(server)).toEqual(containing('"1"'));
  });

  it('gives way to the thread where the API does not know the response any more', async () => {
    const { server, chat } = await serve(on, [responding(message(['One.'])), responding(message(['Two.']))]);
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    server.forget('resp_1');
    const { events } = await chat.post(wire.say(threadId, '2'));
    expect(outline(events)).toEqual([
      'done user_message',
      'added assistant_message',
      '“Two.”',
      'done assistant_message',
    ]);
    expect(server.exchanges).toHaveLength(3);
    expect(inputOf(server)).toEqual(containing('"1"', 'One.', '"2"'));
    expect(chat.logger.messages('warn')).toContainEqual(expect.stringContaining('refused'));
  });

  it('is not kept where the last response was one of another API', async () => {
    const server = (await OpenAiServer.start()).will(
      responding(functionCall('transfer_to_chat')),
      chatAnswer(['One.']),
      responding(message(['Two.'])),
    );
    const other = new Agent({ name: 'chat', model: chatModel(server) });
    const agent = new Agent({ name: 'test', model: responsesModel(server), handoffs: [other] });
    const chat = await serveAgent(agent, on);
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    await chat.post(wire.say(threadId, '2'));
    expect(server.exchanges).toHaveLength(3);
    expect(inputOf(server)).toEqual(containing('"1"', 'One.', '"2"'));
  });

  it('is not kept of models that have none', async () => {
    const server = (await OpenAiServer.start()).will(chatAnswer(['One.']), chatAnswer(['Two.']));
    const agent = new Agent({ name: 'test', model: chatModel(server) });
    const chat = await serveAgent(agent, on);
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    const { events } = await chat.post(wire.say(threadId, '2'));
    expect(outline(events)).toContain('done assistant_message');
    expect(server.last.body.messages).toHaveLength(3);
  });
});

describe("remember: 'run'", () => {
  const on: RunAgentOptions = { remember: 'run' };
  const working = [
    responding(reasoning([['Find it']]), functionCall('find', { index: 1 })),
    responding(reasoning([['Now say it']], { id: 'rs_2' }), message(['It is there.'], { index: 1 })),
    responding(message(['Two.'])),
  ];

  it('lets the next run read tool calls with their outputs, and reasoning with what it led to', async () => {
    const { server, chat } = await serve(on, working);
    const { events } = await chat.post(wire.create('1'));
    const threadId = threadIdOf({ events });
    await chat.post(wire.say(threadId, '2'));
    expect(inputOf(server)).toEqual(
      containing(
        '"1"',
        'reasoning [{"type":"summary_text","text":"Find it"}]',
        'function_call',
        'function_call_output "found"',
        'reasoning [{"type":"summary_text","text":"Now say it"}]',
        'It is there.',
        '"2"',
      ),
    );
  });

  it('is not seen by the client, nor by models where nobody asks for it', async () => {
    const { server, chat } = await serve(on, working);
    const { events } = await chat.post(wire.create('1'));
    const threadId = threadIdOf({ events });
    const page = await chat.post(wire.listItems(threadId));
    expect(`${JSON.stringify(events)}${page.text}`).not.toContain('found');
    const agent = new Agent({ name: 'test', model: responsesModel(server) });
    const other = await serveAgent(agent, {}, { store: chat.store });
    await other.post(wire.say(threadId, '2'));
    expect(inputOf(server)).toEqual(containing('"1"', 'It is there.', '"2"'));
  });

  it('says nothing of a run that has only talked', async () => {
    const { chat } = await serve(on, [responding(message(['One.']))]);
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    expect((await chat.items(threadId)).map(({ type }) => type)).toEqual([
      'user_message',
      'assistant_message',
    ]);
  });

  it('is void where a message of the run is gone, or beyond the limit', async () => {
    const [first, second, third] = working;
    const thinking = responding(message(['Hm.']), functionCall('find', { index: 1 }));
    const { server, chat } = await serve({ ...on, history: { maxItems: 2 } }, [thinking, second!, third!]);
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    await chat.post(wire.say(threadId, '2'));
    expect(inputOf(server)).toEqual(containing('It is there.', '"2"'));

    const { server: other, chat: gone } = await serve(on, [first!, second!, third!]);
    const { events } = await gone.post(wire.create('1'));
    const messages = (await gone.items(threadIdOf({ events }))).filter(
      ({ type }) => type === 'assistant_message',
    );
    const scope = { owner: 'alice', requestContext: {}, signal: new AbortController().signal };
    await gone.store.deleteItem(scope, threadIdOf({ events }), messages[0]!.id);
    await gone.post(wire.say(threadIdOf({ events }), '2'));
    expect(inputOf(other)).toEqual(containing('"1"', '"2"'));
  });

  it('leaves the call of a tool in the browser to the thread', async () => {
    const { server, chat } = await serve(
      on,
      [
        responding(functionCall('find', { callId: 'call_0', id: 'fc_0' })),
        responding(reasoning([['Ask']]), functionCall('ask', { index: 1 })),
        responding(message(['So.'])),
      ],
      { toolUseBehavior: { stopAtToolNames: ['ask'] } },
    );
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    const { events } = await chat.post(wire.toolOutput(threadId, 'yes'));
    expect(outline(events)).toContain('done assistant_message');
    expect(server.last.body.input).toMatchObject([
      { role: 'user' },
      { type: 'function_call', name: 'find' },
      { type: 'function_call_output', output: 'found' },
      { type: 'function_call', name: 'ask' },
      { type: 'function_call_output', output: '"yes"' },
    ]);
  });

  it('keeps what came after reasoning that is left out, as new to the model', async () => {
    const { server, chat } = await serve(
      on,
      [
        responding(
          reasoning([['Ask both']]),
          functionCall('ask', { index: 1 }),
          message(['Wait.'], { index: 2 }),
          functionCall('find', { callId: 'call_2', id: 'fc_2', index: 3 }),
        ),
        responding(message(['So.'])),
      ],
      { toolUseBehavior: { stopAtToolNames: ['ask'] } },
    );
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    await chat.post(wire.toolOutput(threadId, 'yes'));
    expect(server.exchanges).toHaveLength(2); // accepted at once
    expect(server.last.body.input).toMatchObject([
      { role: 'user' },
      { role: 'assistant' },
      { type: 'function_call', name: 'find' },
      { type: 'function_call_output', output: 'found' },
      { type: 'function_call', name: 'ask' },
      { type: 'function_call_output', output: '"yes"' },
    ]);
    expect(server.last.body.input!.filter(({ id }) => id !== undefined)).toEqual([]);
  });

  it('gives way to the thread where the API refuses it', async () => {
    const { server, chat } = await serve(on, [
      ...working.slice(0, 2),
      { events: [], status: 400 },
      responding(message(['Two.'])),
    ]);
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    const { events } = await chat.post(wire.say(threadId, '2'));
    expect(outline(events)).toContain('done assistant_message');
    expect(inputOf(server)).toEqual(containing('"1"', 'It is there.', '"2"'));
  });
});

describe('after a cancel', () => {
  const isShown = (event: ThreadStreamEvent): boolean =>
    event.type === 'progress_update' ||
    (event.type === 'thread.item.updated' &&
      ('delta' in event.update || event.update.type === 'workflow.task.added'));
  const hang = tool({
    name: 'hang',
    description: 'Hangs.',
    parameters: z.object({}),
    async execute(_, run) {
      await agentContext(run).progress('hanging');
      await new Promise(() => undefined);
      return 'never';
    },
  });
  const cancelled: Record<string, Script[]> = {
    text: [{ events: beginning(message(['It is', ' there'])).slice(0, 4), end: 'never' }],
    reasoning: [{ events: beginning(reasoning([['Let me', ' see']])).slice(0, 4), end: 'never' }],
    tool: [{ events: responding(message(['Hm.']), functionCall('hang', { index: 1 })) }],
    'a tool after another': [
      { events: responding(reasoning([['Find it']]), functionCall('find', { index: 1 })) },
      { events: responding(functionCall('hang', { callId: 'call_2' })) },
    ],
  };
  const settings: [string, RunAgentOptions][] = [
    ['neither', {}],
    ['previousResponseId', { previousResponseId: true }],
    ["remember: 'run'", { remember: 'run' }],
    ['both', { previousResponseId: true, remember: 'run' }],
  ];
  const cases = Object.entries(cancelled).flatMap(([place, scripts]) =>
    settings.map(([name, options]) => [place, name, scripts, options] as const),
  );

  it.each(cases)(
    'in the middle of %s, with %s, the next run is accepted',
    async (_, __, scripts, options) => {
      const first = responding(message(['Hello.']));
      const { server, chat } = await serve(options, [first, ...scripts, responding(message(['Yes.']))], {
        tools: [find, hang],
      });
      const threadId = threadIdOf(await chat.post(wire.create('0')));
      const stream = await chat.open(wire.say(threadId, '1'));
      await stream.until(isShown);
      stream.leave();
      const noted = async () =>
        (await chat.items(threadId)).some(({ type }) => type === 'sdk_hidden_context');
      await until(noted, 'the note that the answer was stopped');
      const { events } = await chat.post(wire.say(threadId, '2'));
      expect(outline(events)).toContain('done assistant_message');
      expect(textOf((await chat.items(threadId)).at(-1))).toBe('Yes.');
      // It was accepted at once.
      expect(server.exchanges).toHaveLength(2 + scripts.length);
    },
  );
});
