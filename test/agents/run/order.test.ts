import { Agent, handoff, run, Runner as SdkRunner, tool } from '@openai/agents';
import { assistantMessage, functionCall, ScriptedModel } from '@openai/agents/testing';
import { z } from 'zod';
import {
  agentContext,
  AgentContext,
  answerFromText,
  chatRunner,
  streamAgentResponse,
  type AgentLike,
} from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnMessage } from '../../../src/decorators';
import { MemoryStore } from '../../../src/stores';
import { serveChat, threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { pause } from '../../support/wait';
import { ask, press, serve } from '../support/approvals';
import { functionCall as apiCall, message } from '../golden/stream';
import { outline, responsesModel, serveAgent } from '../support/chat';
import { OpenAiServer } from '../support/openai-server';
import { responding } from '../support/scripts';
import { slowToWrite } from '../support/slow-store';
import { serveWorkflow } from '../workflow/support';

/* What tools send without waiting for it, with a store that is slower than the model. */

const card = (value: string) => ({ type: 'Card', children: [{ type: 'Text', value }] });
const show = (needsApproval = false) =>
  tool({
    name: 'show',
    description: 'Shows a widget.',
    parameters: z.object({}),
    needsApproval,
    execute(_, run) {
      void agentContext(run).streamWidget(card('Order'));
      return 'shown';
    },
  });
const calling = (name: string) => functionCall(name, {}, { callId: `call_${name}` });
const slow = () => slowToWrite(new MemoryStore(), 15);
const said = (text: string) => ['added assistant_message', `“${text}”`, 'done assistant_message'];

describe('what a tool sends and does not wait for', () => {
  it('comes between what the model said before the call and what it said after', async () => {
    const model = new ScriptedModel([
      [assistantMessage('One.'), calling('show')],
      [assistantMessage('Two.')],
    ]);
    const chat = await serveAgent(new Agent({ name: 'test', model, tools: [show()] }), {}, { store: slow() });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events).slice(1)).toEqual([...said('One.'), 'done widget', ...said('Two.')]);
  });

  it('comes before what the next agent says, if the same response also hands over to it', async () => {
    const next = new Agent({ name: 'next', model: new ScriptedModel([[assistantMessage('Two.')]]) });
    const model = new ScriptedModel([
      [assistantMessage('One.'), calling('show'), calling('transfer_to_next')],
    ]);
    const agent = new Agent({ name: 'test', model, tools: [show()], handoffs: [handoff(next)] });
    const chat = await serveAgent(agent, {}, { store: slow() });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events).slice(1)).toEqual([...said('One.'), 'done widget', ...said('Two.')]);
  });

  it('comes before what the model says next, if the tool runs in a resumed run', async () => {
    const model = new ScriptedModel([
      [assistantMessage('One.'), calling('show')],
      [assistantMessage('Two.')],
    ]);
    const agent = new Agent({ name: 'test', model, tools: [show(true)] });
    const chat = await serve({ agent, model, ran: [] }, { store: slow() });
    const { threadId, widgets } = await ask(chat);
    const events = await press(chat, threadId, widgets[0]!, 'confirm');
    expect(outline(events)).toEqual(['replaced widget', 'done widget', ...said('Two.')]);
  });

  it('comes before what the model says next, if the run is shown after it has begun', async () => {
    const agentOf = (name: string, model: ScriptedModel) => new Agent({ name, model, tools: [show()] });
    const first = agentOf('First', new ScriptedModel([[assistantMessage('Zero.')]]));
    const second = agentOf(
      'Second',
      new ScriptedModel([[assistantMessage('One.'), calling('show')], [assistantMessage('Two.')]]),
    );
    const runner = new (chatRunner(SdkRunner))();
    const runIt = (agent: AgentLike) => runner.run(agent as never, 'Hello');
    const workflow = () => Promise.all([runIt(first), runIt(second)]);
    const chat = await serveWorkflow(workflow, {}, { store: slow() });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events).slice(1)).toEqual([
      ...said('Zero.'),
      ...said('One.'),
      'done widget',
      ...said('Two.'),
    ]);
  });

  it('comes after a message that the server never completes', async () => {
    const server = (await OpenAiServer.start()).will(
      responding(
        message(['Zero.']),
        message(['One.'], { id: 'msg_2', index: 1 }).slice(0, -2),
        apiCall('show', { index: 2 }),
      ),
      responding(message(['Two.'])),
    );
    const agent = new Agent({ name: 'test', model: responsesModel(server), tools: [show()] });
    const chat = await serveAgent(agent, {}, { store: slow() });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events).slice(1)).toEqual([
      ...said('Zero.'),
      ...said('One.'),
      'done widget',
      ...said('Two.'),
    ]);
  });

  it('does not come before what the model said, if the run is shown late and the tool waits', async () => {
    const shows = tool({
      name: 'show',
      description: 'Shows a widget.',
      parameters: z.object({}),
      async execute(_, context) {
        await agentContext(context).streamWidget(card('Order'));
        return 'shown';
      },
    });
    const model = new ScriptedModel([
      [assistantMessage('One.'), calling('show')],
      [assistantMessage('Two.')],
    ]);
    const agent = new Agent({ name: 'test', model, tools: [shows] });
    @ChatController()
    class Late {
      @OnMessage()
      async *reply(_message: unknown, ctx: ChatContext) {
        const context = new AgentContext(ctx);
        const result = await run(agent, 'Hello', { stream: true, context });
        await pause(20);
        yield* streamAgentResponse(context, result);
      }
    }
    const chat = await serveChat({ controllers: [new Late()], store: slow() });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events).slice(1)).toEqual([...said('One.'), 'done widget', ...said('Two.')]);
  });

  it('is sent though the run ends at once', async () => {
    const model = new ScriptedModel([[assistantMessage('One.'), calling('show')]]);
    const agent = new Agent({ name: 'test', model, tools: [show()], toolUseBehavior: 'stop_on_first_tool' });
    const chat = await serveAgent(agent, {}, { store: slow() });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events).slice(1)).toEqual([...said('One.'), 'done widget']);
  });

  it('is sent, after the text, though a stream of text ends at once', async () => {
    @ChatController()
    class Telling {
      @OnMessage()
      reply(_message: unknown, ctx: ChatContext) {
        const context = new AgentContext(ctx);
        async function* source(): AsyncGenerator<string> {
          yield 'One.';
          void context.streamWidget(card('Order'));
        }
        return answerFromText(source, context);
      }
    }
    const chat = await serveChat({ controllers: [new Telling()], store: slow() });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events).slice(1)).toEqual([...said('One.'), 'done widget']);
    expect((await chat.items(threadIdOf({ events }))).map(({ type }) => type)).toEqual([
      'user_message',
      'assistant_message',
      'widget',
    ]);
  });
});
