import { Agent, tool } from '@openai/agents';
import { assistantMessage, functionCall as scriptedCall, ScriptedModel } from '@openai/agents/testing';
import { z } from 'zod';
import {
  assistantMessage as chatMessage,
  clientEffect,
  hiddenContext,
  progress,
  respond,
} from '../../../src/events';
import { agentContext, runAgent } from '../../../src/agents';
import { ChatController, OnAction, OnMessage } from '../../../src/decorators';
import type { ChatContext } from '../../../src/context';
import { MemoryStore } from '../../../src/stores';
import { serveChat, textOf, threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { called, functionCall, message } from '../golden/stream';
import { chatModel, outline, responsesModel, serveAgent } from '../support/chat';
import { slowToWrite } from '../support/slow-store';
import { OpenAiServer } from '../support/openai-server';
import { chatAnswer, responding } from '../support/scripts';

const text = (value: string) => ({ type: 'Card', children: [{ type: 'Text', value }] });

const show = tool({
  name: 'show',
  description: 'Shows the order.',
  parameters: z.object({}),
  async execute(_, run) {
    await agentContext(run).streamWidget(text('Order'));
    return 'shown';
  },
});

describe('an agent as a responder', () => {
  it('answers, and what it says is stored', async () => {
    const model = new ScriptedModel([[assistantMessage('Hello Ada.')]]);
    const chat = await serveAgent(new Agent({ name: 'test', model }));
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events)).toEqual([
      'done user_message',
      'added assistant_message',
      '“Hello Ada.”',
      'done assistant_message',
    ]);
    expect((await chat.items(threadIdOf({ events }))).map(textOf)).toEqual(['Hello', 'Hello Ada.']);
  });

  it('reads the thread, hidden context too, oldest first', async () => {
    const server = (await OpenAiServer.start()).will(
      responding(message(['Which one?'])),
      responding(message(['That one.'])),
    );
    const agent = new Agent({ name: 'test', model: responsesModel(server) });
    @ChatController()
    class Noting {
      @OnMessage()
      async *reply(_message: unknown, ctx: ChatContext) {
        yield* runAgent(agent, ctx);
        yield hiddenContext('noted');
      }
    }
    const chat = await serveChat({ controllers: [new Noting()] });
    const threadId = threadIdOf(await chat.post(wire.create('Buy')));
    await chat.post(wire.say(threadId, 'The red one'));
    expect(server.last.body.input).toMatchObject([
      { role: 'user', content: [{ text: 'Buy' }] },
      { role: 'assistant', content: [{ text: 'Which one?' }] },
      { role: 'user', content: [{ text: expect.stringContaining('<HiddenContext>\nnoted') }] },
      { role: 'user', content: [{ text: 'The red one' }] },
    ]);
  });

  it('reads what respond() says, which the thread lacks', async () => {
    const server = (await OpenAiServer.start()).will(
      responding(message(['Hi.'])),
      responding(message(['Noted.'])),
    );
    const agent = new Agent({ name: 'test', model: responsesModel(server) });
    @ChatController()
    class Selecting {
      @OnMessage()
      reply(_message: unknown, ctx: ChatContext) {
        return runAgent(agent, ctx);
      }
      @OnAction('select', { payload: 'unchecked' })
      select() {
        return respond('The user has selected a jug.');
      }
    }
    const chat = await serveChat({ controllers: [new Selecting()] });
    const threadId = threadIdOf(await chat.post(wire.create('Hello')));
    await chat.post(wire.act(threadId, undefined, 'select', {}));
    expect(server.last.body.input!.map((each) => JSON.stringify(each['content']))).toEqual([
      expect.stringContaining('Hello'),
      expect.stringContaining('Hi.'),
      expect.stringContaining('has selected a jug'),
    ]);
    expect((await chat.items(threadId)).map(textOf)).toEqual(['Hello', 'Hi.', 'Noted.']);
  });

  it('may answer an action, with what it yields itself before', async () => {
    const model = new ScriptedModel([[assistantMessage('Selected.')]]);
    const agent = new Agent({ name: 'test', model });
    @ChatController()
    class Selecting {
      @OnMessage()
      reply(): void {
        return undefined;
      }
      @OnAction('select', { payload: 'unchecked' })
      async *select(_payload: unknown, ctx: ChatContext) {
        yield hiddenContext('selected: jug');
        yield* runAgent(agent, ctx);
      }
    }
    const chat = await serveChat({ controllers: [new Selecting()] });
    const threadId = await chat.newThread();
    const { events } = await chat.post(wire.act(threadId, undefined, 'select', {}));
    expect(outline(events)).toEqual(['added assistant_message', '“Selected.”', 'done assistant_message']);
    expect(JSON.stringify(model.firstCall!.request.input)).toContain('selected: jug');
  });

  it('reads no more of the thread than it is told to', async () => {
    const model = new ScriptedModel(['a', 'b', 'c', 'd'].map((each) => [assistantMessage(each)]));
    const agent = new Agent({ name: 'test', model });
    const chat = await serveAgent(agent, { history: { maxItems: 2 } });
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    await chat.post(wire.say(threadId, '2'));
    expect(JSON.stringify(model.lastCall!.request.input)).toMatch(/"a".*"2"/);
    expect(model.lastCall!.request.input).toHaveLength(2);
    const few = await serveAgent(agent, { history: { maxTokens: 1 } }, { store: chat.store });
    await few.post(wire.say(threadId, '3'));
    expect(JSON.stringify(model.lastCall!.request.input)).toMatch(/"3"/);
    expect(model.lastCall!.request.input).toHaveLength(1);
  });

  it('reads a thread of more items than a page has', async () => {
    const model = new ScriptedModel([[assistantMessage('Yes.')]]);
    @ChatController()
    class Filling {
      @OnMessage()
      async *reply(_message: unknown, ctx: ChatContext) {
        for (let count = 0; count < 250; count += 1) yield hiddenContext(`note ${String(count)}`);
        yield* runAgent(new Agent({ name: 'test', model }), ctx, { history: { maxItems: 1000 } });
      }
    }
    const chat = await serveChat({ controllers: [new Filling()] });
    await chat.post(wire.create('Hello'));
    const input = model.firstCall!.request.input as { content: { text: string }[] }[];
    expect(input).toHaveLength(251);
    expect(input[0]!.content[0]!.text).toBe('Hello');
    expect(input[250]!.content[0]!.text).toContain('note 249');
  });
});

describe('what tools send', () => {
  const said = [
    'done user_message',
    'added assistant_message',
    '“Let me ”',
    '“see.”',
    'done assistant_message',
    'added assistant_message',
    '“I show ”',
    '“you.”',
    'done assistant_message',
    'done widget',
    'added assistant_message',
    '“There.”',
    'done assistant_message',
  ];

  it('comes after what the model said before, with a store that takes 15 ms a write', async () => {
    const server = (await OpenAiServer.start()).will(
      responding(
        message(['Let me ', 'see.']),
        message(['I show ', 'you.'], { id: 'msg_2', index: 1 }),
        functionCall('show', { index: 2 }),
      ),
      responding(message(['There.'])),
    );
    const agent = new Agent({ name: 'test', model: responsesModel(server), tools: [show] });
    const chat = await serveAgent(agent, {}, { store: slowToWrite(new MemoryStore(), 15) });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events)).toEqual(said);
    // What the tool returned went to the model.
    expect(server.last.body.input).toMatchObject([
      {},
      { content: [{ text: 'Let me see.' }] },
      { content: [{ text: 'I show you.' }] },
      { type: 'function_call', call_id: 'call_1' },
      { type: 'function_call_output', output: 'shown' },
    ]);
  });

  it('comes after what a model of Chat Completions said before', async () => {
    const server = (await OpenAiServer.start()).will(
      chatAnswer(['Let me ', 'show you.'], [{ id: 'call_1', name: 'show' }]),
      chatAnswer(['There.']),
    );
    const agent = new Agent({ name: 'test', model: chatModel(server), tools: [show] });
    const chat = await serveAgent(agent, {}, { store: slowToWrite(new MemoryStore(), 15) });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events)).toEqual([
      'done user_message',
      'added assistant_message',
      '“Let me ”',
      '“show you.”',
      'done assistant_message',
      'done widget',
      'added assistant_message',
      '“There.”',
      'done assistant_message',
    ]);
  });

  it('may be several events at once, which come in their order; none are none', async () => {
    const tell = tool({
      name: 'tell',
      description: 'Sends events.',
      parameters: z.object({}),
      async execute(_, run) {
        await agentContext(run).stream();
        await agentContext(run).stream(
          progress('Looking'),
          chatMessage('Found.'),
          hiddenContext('A hint for the model.'),
          clientEffect('found'),
        );
        return 'Told.';
      },
    });
    const model = new ScriptedModel([
      [scriptedCall('tell', {}, { callId: 'call_1' })],
      [assistantMessage('Done.')],
    ]);
    const chat = await serveAgent(new Agent({ name: 'test', model, tools: [tell] }));
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events)).toEqual([
      'done user_message',
      'progress_update',
      'done assistant_message',
      'client_effect',
      'added assistant_message',
      '“Done.”',
      'done assistant_message',
    ]);
    const items = await chat.items(threadIdOf({ events }));
    expect(items.map(({ type }) => type)).toEqual([
      'user_message',
      'assistant_message',
      'hidden_context_item',
      'assistant_message',
    ]);
  });

  it('comes in the order in which tools that run at once send it', async () => {
    let first!: () => void;
    const firstHasSent = new Promise<void>((resolve) => (first = resolve));
    const sending = (name: string, before: Promise<void>, after: () => void) =>
      tool({
        name,
        description: name,
        parameters: z.object({}),
        async execute(_, run) {
          await before;
          await agentContext(run).stream(progress(name));
          await agentContext(run).addWorkflowTask({ type: 'custom', title: name });
          after();
          return name;
        },
      });
    const model = new ScriptedModel([
      [scriptedCall('a', {}, { callId: 'call_a' }), scriptedCall('b', {}, { callId: 'call_b' })],
      [assistantMessage('Done.')],
    ]);
    const tools = [
      sending('a', firstHasSent, () => undefined),
      sending('b', Promise.resolve(), () => first()),
    ];
    const chat = await serveAgent(new Agent({ name: 'test', model, tools }));
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events)).toEqual([
      'done user_message',
      'progress_update',
      'added workflow',
      'progress_update',
      'workflow.task.added a',
      'done workflow',
      'added assistant_message',
      '“Done.”',
      'done assistant_message',
    ]);
  });

  it('comes too where an agent is the tool of another', async () => {
    const inner = new Agent({
      name: 'inner',
      model: new ScriptedModel([
        [scriptedCall('show', {}, { callId: 'inner_1' })],
        [assistantMessage('Shown, the inner one says.')],
      ]),
      tools: [show],
    });
    const outer = new Agent({
      name: 'outer',
      model: new ScriptedModel([
        [assistantMessage('I ask.'), scriptedCall('ask', { input: 'x' }, { callId: 'outer_1' })],
        [assistantMessage('There.')],
      ]),
      tools: [inner.asTool({ toolName: 'ask', toolDescription: 'Asks.' })],
    });
    const chat = await serveAgent(outer);
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events)).toEqual([
      'done user_message',
      'added assistant_message',
      '“I ask.”',
      'done assistant_message',
      'done widget',
      'added assistant_message',
      '“There.”',
      'done assistant_message',
    ]);
  });

  it('is found behind a context of the application', async () => {
    interface Own {
      user: string;
    }
    const greet = tool<z.ZodObject, Own>({
      name: 'greet',
      description: 'Greets.',
      parameters: z.object({}),
      async execute(_, run) {
        await agentContext(run).progress(`Hello ${run!.context.user}`);
        return 'greeted';
      },
    });
    const model = new ScriptedModel([
      [scriptedCall('greet', {}, { callId: 'c' })],
      [assistantMessage('So.')],
    ]);
    const agent = new Agent<Own>({ name: 'test', model, tools: [greet] });
    const chat = await serveAgent(agent, { context: { user: 'Ada' } });
    const { events } = await chat.post(wire.create('Hello'));
    expect(events).toContainEqual({ type: 'progress_update', text: 'Hello Ada' });
  });

  it('is refused after the run, and the process goes on', async () => {
    let late!: Promise<void>;
    let release!: () => void;
    const over = new Promise<void>((resolve) => (release = resolve));
    const leave = tool({
      name: 'leave',
      description: 'Leaves something for later.',
      parameters: z.object({}),
      execute(_, run) {
        const context = agentContext(run);
        void over.then(() => void context.progress('unheard')); // nobody waits for it
        late = over.then(() => context.progress('late'));
        return 'left';
      },
    });
    const model = new ScriptedModel([
      [scriptedCall('leave', {}, { callId: 'c' })],
      [assistantMessage('So.')],
    ]);
    const chat = await serveAgent(new Agent({ name: 'test', model, tools: [leave] }));
    await chat.post(wire.create('Hello'));
    release();
    await expect(late).rejects.toMatchObject({ code: 'run_ended' });
  });
});

describe('a tool in the browser', () => {
  const ask = tool({
    name: 'get_selection',
    description: 'What the user has selected.',
    parameters: z.object({}),
    execute: (_, run) => agentContext(run).clientToolCall('get_selection', { deep: true }),
  });

  it('is called by the id of the model’s call, and its output is read in the next run', async () => {
    const server = (await OpenAiServer.start()).will(
      responding(functionCall('get_selection', { callId: 'call_7', id: 'fc_7' }), called('x')),
      responding(message(['A jug.'])),
    );
    const chat = await serveAgent(
      new Agent({
        name: 'test',
        model: responsesModel(server),
        tools: [ask],
        toolUseBehavior: { stopAtToolNames: ['get_selection'] },
      }),
    );
    const { events } = await chat.post(wire.create('What is it?'));
    expect(events.at(-1)).toMatchObject({
      type: 'thread.item.done',
      item: {
        type: 'client_tool_call',
        status: 'pending',
        call_id: 'call_7',
        name: 'get_selection',
        arguments: { deep: true },
      },
    });
    await chat.post(wire.toolOutput(threadIdOf({ events }), { id: 'jug' }));
    const [, { call_id } = {}] = server.last.body.input!;
    expect(server.last.body.input).toMatchObject([
      { role: 'user' },
      { type: 'function_call', name: 'get_selection', arguments: '{"deep":true}' },
      { type: 'function_call_output', call_id, output: '{"id":"jug"}' },
    ]);
  });

  it('is called by the id of its own call where others of the same response share theirs', async () => {
    const server = (await OpenAiServer.start()).will(
      chatAnswer(
        ['Hm.'],
        [
          { id: 'call_1', name: 'get_selection' },
          { id: 'call_2', name: 'show' },
        ],
      ),
    );
    const chat = await serveAgent(
      new Agent({
        name: 'test',
        model: chatModel(server),
        tools: [ask, show],
        toolUseBehavior: { stopAtToolNames: ['get_selection'] },
      }),
    );
    const { events } = await chat.post(wire.create('What is it?'));
    expect(outline(events).slice(-2)).toEqual(['done widget', 'done client_tool_call']);
    expect(events.at(-1)).toMatchObject({ item: { call_id: 'call_1' } });
    const ids = events.flatMap((event) => ('item' in event ? [event.item.id] : []));
    expect(new Set(ids).size).toBe(4); // of the user, the text, the widget, the call
  });
});
