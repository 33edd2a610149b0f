import { Agent, tool } from '@openai/agents';
import { assistantMessage, functionCall, ScriptedModel } from '@openai/agents/testing';
import { z } from 'zod';
import { agentController, runAgent, type ShowActivity } from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnMessage } from '../../../src/decorators';
import { serveChat, type TestChat } from '../../support/chat';
import * as wire from '../../support/requests';
import { ask, press } from '../support/approvals';
import { outline } from '../support/chat';

const remove = tool({
  name: 'delete',
  description: 'Deletes a file.',
  parameters: z.object({ path: z.string() }),
  needsApproval: true,
  execute: ({ path }) => `${path} is deleted`,
});

/** As the documentation shows it: the input is read at the end too. */
const toolActivity: ShowActivity = ({ status, input }) => {
  const { path } = input as { path: string };
  return { task: { type: 'custom', title: `${path} ${status}` } };
};

async function serve(agent: Agent): Promise<TestChat> {
  @ChatController()
  class Controller {
    @OnMessage()
    reply(_message: unknown, ctx: ChatContext) {
      return runAgent(agent, ctx, { toolActivity });
    }
  }
  const controllers = [new Controller(), agentController({ agents: [agent], toolActivity })];
  return serveChat({ controllers });
}

function removing(): Agent {
  const model = new ScriptedModel([
    [functionCall('delete', { path: 'a' }, { callId: 'call_1' })],
    [assistantMessage('So be it.')],
    [assistantMessage('Well.')],
  ]);
  return new Agent({ name: 'test', model, tools: [remove] });
}

async function tasksIn(chat: TestChat, threadId: string): Promise<string[]> {
  return (await chat.items(threadId)).flatMap((item) =>
    item.type === 'workflow'
      ? item.workflow.tasks.map(({ title, status_indicator }) => `${title!}, ${status_indicator!}`)
      : [],
  );
}

describe('a tool that waits for approval', () => {
  it('is not shown as at work, in a workflow that its widget has closed', async () => {
    const chat = await serve(removing());
    const { events } = await chat.post(wire.create('Delete it'));
    expect(outline(events)).toEqual([
      'done user_message',
      'added workflow',
      'workflow.task.updated a started',
      'done workflow',
      'done widget',
    ]);
    const threadId = 'thread' in events[0]! ? events[0].thread.id : '';
    expect(await tasksIn(chat, threadId)).toEqual(['a started, none']);
  });

  it('is at work when the user has accepted it, and complete after that', async () => {
    const chat = await serve(removing());
    const { threadId, widgets } = await ask(chat);
    const events = await press(chat, threadId, widgets[0]!, 'confirm');
    expect(outline(events)).toEqual([
      'replaced widget',
      'added workflow',
      'workflow.task.updated a completed',
      'done workflow',
      'added assistant_message',
      '“So be it.”',
      'done assistant_message',
    ]);
    expect(await tasksIn(chat, threadId)).toEqual(['a started, none', 'a completed, complete']);
  });

  it('is not shown again when the user has declined it, or has said something else', async () => {
    const chat = await serve(removing());
    const { threadId, widgets } = await ask(chat);
    await press(chat, threadId, widgets[0]!, 'cancel');
    expect(await tasksIn(chat, threadId)).toEqual(['a started, none']);

    const other = await serve(removing());
    const asked = await ask(other);
    await other.post(wire.say(asked.threadId, 'Never mind'));
    expect(await tasksIn(other, asked.threadId)).toEqual(['a started, none']);
  });

  it('is at work again where an agent is a tool of another, until it is complete', async () => {
    const inner = removing();
    const parameters = z.object({ path: z.string() });
    const outer = new Agent({
      name: 'outer',
      model: new ScriptedModel([
        [functionCall('clean', { path: 'all' }, { callId: 'call_0' })],
        [assistantMessage('Cleaned.')],
      ]),
      tools: [inner.asTool({ toolName: 'clean', toolDescription: 'Cleans.', parameters })],
    });
    const chat = await serve(outer);
    const { threadId, widgets } = await ask(chat);
    expect(await tasksIn(chat, threadId)).toEqual(['all started, none']);
    const events = await press(chat, threadId, widgets[0]!, 'cancel');
    expect(outline(events)).toContain('“Cleaned.”');
    expect(await tasksIn(chat, threadId)).toEqual(['all started, none', 'all completed, complete']);
  });
});
