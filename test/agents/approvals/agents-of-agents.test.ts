import { Agent, tool } from '@openai/agents';
import { assistantMessage, functionCall, ScriptedModel } from '@openai/agents/testing';
import { z } from 'zod';
import { agentContext, agentController, runAgent } from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnMessage } from '../../../src/decorators';
import { MemoryStore } from '../../../src/stores';
import { serveChat, type TestChat } from '../../support/chat';
import { ask, press, widgetsIn } from '../support/approvals';
import { outline } from '../support/chat';

let ran: string[] = [];
beforeEach(() => (ran = []));

const remove = tool({
  name: 'delete',
  description: 'Deletes a thing.',
  parameters: z.object({ id: z.string() }),
  needsApproval: true,
  async execute({ id }, run) {
    ran.push(`${id} of ${agentContext(run).chat.owner}`);
    await agentContext(run).progress(`Deleting ${id}`);
    return `${id} is deleted`;
  },
});

/** An agent that deletes by itself. */
function deleter(name: string, id: string): Agent {
  const model = new ScriptedModel([
    [functionCall('delete', { id }, { callId: 'call_1' })],
    [assistantMessage(`${name} is done.`)],
  ]);
  return new Agent({ name, model, tools: [remove] });
}

/** An agent whose tools are other agents, which it calls all at once. */
function asking(...agents: Agent[]) {
  const model = new ScriptedModel([
    agents.map(({ name }) => functionCall(name, { input: 'Go' }, { callId: `ask_${name}` })),
    [assistantMessage('All is done.')],
  ]);
  const tools = agents.map((agent) => agent.asTool({ toolName: agent.name, toolDescription: 'Deletes.' }));
  return { agent: new Agent({ name: 'asking', model, tools }), model };
}

interface Served {
  chat: TestChat;
  /** All values that were put into the store. */
  values: string[];
}

async function serve(agent: Agent, context?: object): Promise<Served> {
  const values: string[] = [];
  const store = new MemoryStore();
  const put = store.putValue.bind(store);
  store.putValue = (scope, key, value, options) => {
    values.push(JSON.stringify(value));
    return put(scope, key, value, options);
  };
  @ChatController()
  class Controller {
    @OnMessage()
    reply(_message: unknown, ctx: ChatContext) {
      return runAgent(agent, ctx, { context });
    }
  }
  const controllers = [new Controller(), agentController({ agents: [agent] })];
  return { chat: await serveChat({ controllers, store }), values };
}

describe('approval of the tool of an agent', () => {
  it('that is the tool of another one is asked for, and both go on', async () => {
    const { agent, model } = asking(deleter('inner', 'a'));
    const { chat, values } = await serve(agent);
    const { threadId, widgets } = await ask(chat);
    expect(JSON.stringify(widgets)).toContain('"value":"delete"');
    expect(ran).toEqual([]);
    expect(outline(await press(chat, threadId, widgets[0]!, 'confirm'))).toEqual([
      'replaced widget',
      'progress_update',
      'added assistant_message',
      '“All is done.”',
      'done assistant_message',
    ]);
    expect(ran).toEqual(['a of alice']);
    expect(JSON.stringify(model.lastCall!.request.input)).toContain('inner is done.');
    expect(values.join()).not.toContain('alice');
  });

  it('of two at once, whose calls have the same id, is for one of them alone', async () => {
    const { agent } = asking(deleter('left', 'a'), deleter('right', 'b'));
    const { chat } = await serve(agent);
    const { threadId, widgets } = await ask(chat);
    expect(widgets).toHaveLength(2);
    const right = widgets.find((each) => JSON.stringify(each).includes('\\"b\\"'))!;
    const left = widgets.find((each) => each !== right)!;
    await press(chat, threadId, left, 'cancel');
    const events = await press(chat, threadId, right, 'confirm');
    expect(outline(events)).toContain('“All is done.”');
    expect(ran).toEqual(['b of alice']);
    expect(JSON.stringify(widgetsIn(events)[0])).toContain('Accepted');
  });

  it('keeps nothing in the store of a context of the application', async () => {
    const { agent } = asking(deleter('inner', 'a'));
    const { chat, values } = await serve(agent, { secret: 'hunter2' });
    const { widgets } = await ask(chat);
    expect(widgets).toHaveLength(1);
    expect(values.join()).not.toContain('hunter2');
  });

  it('to which the run was handed over is asked for, and the run goes on there', async () => {
    const other = deleter('other', 'a');
    const model = new ScriptedModel([[functionCall('transfer_to_other', {}, { callId: 'hand' })]]);
    const { chat } = await serve(new Agent({ name: 'first', model, handoffs: [other] }));
    const { threadId, widgets } = await ask(chat);
    expect(outline(await press(chat, threadId, widgets[0]!, 'confirm'))).toContain('“other is done.”');
    expect(ran).toEqual(['a of alice']);
  });
});
