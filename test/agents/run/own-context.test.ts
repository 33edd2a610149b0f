import { Agent, tool } from '@openai/agents';
import { assistantMessage, functionCall, ScriptedModel } from '@openai/agents/testing';
import { z } from 'zod';
import { agentContext, agentController, runAgent } from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnMessage } from '../../../src/decorators';
import { serveChat } from '../../support/chat';
import * as wire from '../../support/requests';
import { Latch } from '../../support/wait';
import { ask, press } from '../support/approvals';
import { outline, serveAgent } from '../support/chat';

const greetedBy = (needsApproval: boolean) =>
  tool({
    name: 'greet',
    description: 'Greets the user.',
    parameters: z.object({}),
    needsApproval,
    async execute(_, run) {
      await agentContext(run).progress(`Hello, ${(run?.context as { name: string }).name}`);
      return 'greeted';
    },
  });

const greeting = () =>
  new ScriptedModel([[functionCall('greet', {}, { callId: 'c' })], [assistantMessage('There.')]]);

describe('a context of the application', () => {
  it('is made anew for a run that goes on after approval', async () => {
    const agent = new Agent({ name: 'test', model: greeting(), tools: [greetedBy(true)] });
    @ChatController()
    class Controller {
      @OnMessage()
      reply(_message: unknown, ctx: ChatContext) {
        return runAgent(agent, ctx, { context: { name: 'Ann' } });
      }
    }
    const approvals = agentController({ agents: [agent], context: ({ owner }) => ({ name: owner }) });
    const chat = await serveChat({ controllers: [new Controller(), approvals] });
    const { threadId, widgets } = await ask(chat);
    const events = await press(chat, threadId, widgets[0]!, 'confirm');
    expect(events).toContainEqual(expect.objectContaining({ text: 'Hello, alice' }));
  });

  it('is refused where another run goes on in it: tools of one would send to the other', async () => {
    const running = new Latch();
    const go = new Latch();
    const wait = tool({
      name: 'greet',
      description: 'Waits.',
      parameters: z.object({}),
      async execute() {
        running.open();
        await go.opened;
        return 'done';
      },
    });
    const agent = new Agent({ name: 'test', model: greeting(), tools: [wait] });
    const chat = await serveAgent(agent, { context: { name: 'all' } });
    const first = chat.post(wire.create('1'));
    await running.opened;
    const { events } = await chat.post(wire.create('2'), { user: 'bob' });
    expect(outline(events).at(-1)).toBe('error stream.error');
    expect(chat.logger.lines.at(-1)).toMatchObject({ details: { code: 'context_in_use' } });
    go.open();
    expect(outline((await first).events)).toContain('“There.”');
  });

  it('may be used again when its run is over', async () => {
    const model = new ScriptedModel([[assistantMessage('One.')], [assistantMessage('Two.')]]);
    const chat = await serveAgent(new Agent({ name: 'test', model }), { context: { name: 'all' } });
    await chat.post(wire.create('1'));
    const { events } = await chat.post(wire.create('2'));
    expect(outline(events)).toContain('“Two.”');
  });
});

describe('agentController()', () => {
  it('refuses two agents of one name: a waiting run finds its agent by it', () => {
    const agents = [new Agent({ name: 'test' }), new Agent({ name: 'test' })];
    expect(() => agentController({ agents })).toThrow(expect.objectContaining({ code: 'agent_name_taken' }));
  });
});
