import { Agent, tool } from '@openai/agents';
import { assistantMessage, functionCall, ScriptedModel } from '@openai/agents/testing';
import { z } from 'zod';
import { agentController, runAgent, type ShowActivity } from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnMessage } from '../../../src/decorators';
import { serveChat, type TestChat } from '../../support/chat';
import { ask, press } from '../support/approvals';
import { shop, type Shop } from '../support/shop';

const find = tool({
  name: 'find',
  description: 'Finds a thing.',
  parameters: z.object({ id: z.string() }),
  execute: ({ id }) => `${id} is found`,
});
const finds = functionCall('find', { id: 'f' }, { callId: 'call_f' });
const deletes = (id: string) => functionCall('delete', { id }, { callId: `call_${id}` });

/** Reads the input, as applications do. */
const toolActivity: ShowActivity = ({ name, status, input }) => {
  const { id, input: question } = input as { id?: string; input?: string };
  return { task: { type: 'custom', title: `${name} ${(id ?? question)!}: ${status}` } };
};

/** A shop whose model makes these calls at once, and is done with the next response. */
function calling(...calls: ReturnType<typeof functionCall>[]): Shop {
  const one = shop();
  one.agent.model = new ScriptedModel([calls, [assistantMessage('That is it.')]]);
  one.agent.tools.push(find);
  return one;
}

function serve(agent: Agent): Promise<TestChat> {
  @ChatController()
  class Controller {
    @OnMessage()
    reply(_message: unknown, ctx: ChatContext) {
      return runAgent(agent, ctx, { toolActivity });
    }
  }
  return serveChat({ controllers: [new Controller(), agentController({ agents: [agent], toolActivity })] });
}

/** What the thread shows of tools, workflow by workflow. */
async function tasksIn(chat: TestChat, threadId: string): Promise<string[][]> {
  const items = await chat.items(threadId);
  return items.flatMap((item) =>
    item.type === 'workflow'
      ? [item.workflow.tasks.map(({ title, status_indicator: status }) => `${title!}, ${String(status)}`)]
      : [],
  );
}

describe('a tool that waits for approval', () => {
  it('is not shown at work until the user has accepted it, other than those beside it', async () => {
    const one = calling(deletes('a'), finds);
    const chat = await serve(one.agent);
    const { threadId, widgets } = await ask(chat);
    expect(await tasksIn(chat, threadId)).toEqual([['find f: completed, complete']]);
    const events = await press(chat, threadId, widgets[0]!, 'confirm');
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'thread.item.added',
        item: expect.objectContaining({
          workflow: expect.objectContaining({
            tasks: [expect.objectContaining({ title: 'delete a: started', status_indicator: 'loading' })],
          }),
        }),
      }),
    );
    expect(await tasksIn(chat, threadId)).toEqual([
      ['find f: completed, complete'],
      ['delete a: completed, complete'],
    ]);
  });

  it('is not shown where it is declined, and one beside it is', async () => {
    const one = calling(deletes('a'), deletes('b'));
    const chat = await serve(one.agent);
    const { threadId, widgets } = await ask(chat);
    expect(await tasksIn(chat, threadId)).toEqual([]);
    await press(chat, threadId, widgets[0]!, 'cancel');
    await press(chat, threadId, widgets[1]!, 'confirm');
    expect(one.ran).toEqual(['b']);
    expect(await tasksIn(chat, threadId)).toEqual([['delete b: completed, complete']]);
  });

  it('of an agent that is a tool is shown by that agent, once it goes on', async () => {
    const one = calling(deletes('a'));
    const model = new ScriptedModel([
      [functionCall('inner', { input: 'Go' }, { callId: 'call_inner' })],
      [assistantMessage('All is done.')],
    ]);
    const inner = one.agent.asTool({ toolName: 'inner', toolDescription: 'Deletes.' });
    const chat = await serve(new Agent({ name: 'outer', model, tools: [inner] }));
    const { threadId, widgets } = await ask(chat);
    expect(await tasksIn(chat, threadId)).toEqual([]);
    await press(chat, threadId, widgets[0]!, 'confirm');
    expect(await tasksIn(chat, threadId)).toEqual([['inner Go: completed, complete']]);
  });
});
