import { Agent, tool } from '@openai/agents';
import { assistantMessage, functionCall, ScriptedModel } from '@openai/agents/testing';
import { z } from 'zod';
import { agentContext } from '../../../src/agents';
import * as wire from '../../support/requests';
import { ask, press, serve } from '../support/approvals';
import { outline, serveAgent } from '../support/chat';

const inBrowser = (name: string, needsApproval = false) =>
  tool({
    name,
    needsApproval,
    description: 'Asks the page.',
    parameters: z.object({}),
    execute: (_, run) => agentContext(run).clientToolCall(name),
  });

const calls = (...names: string[]) => names.map((name) => functionCall(name, {}, { callId: `call_${name}` }));

describe('a call of a tool in the browser', () => {
  it('has the id of the model’s call, if the tool has waited for approval', async () => {
    const model = new ScriptedModel([calls('where')]);
    const toolUseBehavior = { stopAtToolNames: ['where'] };
    const agent = new Agent({ name: 'test', model, tools: [inBrowser('where', true)], toolUseBehavior });
    const chat = await serve({ agent, model, ran: [] });
    const { threadId, widgets } = await ask(chat);
    const events = await press(chat, threadId, widgets[0]!, 'confirm');
    expect(events.at(-1)).toMatchObject({ item: { type: 'client_tool_call', call_id: 'call_where' } });
  });
});

describe('in development there is a warning, with its fix,', () => {
  const goingOn = () =>
    new Agent({
      name: 'test',
      model: new ScriptedModel([calls('where'), [assistantMessage('Nowhere.')]]),
      tools: [inBrowser('where')],
    });
  const bothAtOnce = () =>
    new Agent({
      name: 'test',
      model: new ScriptedModel([calls('where', 'who')]),
      tools: [inBrowser('where'), inBrowser('who')],
      toolUseBehavior: { stopAtToolNames: ['where', 'who'] },
    });
  const cases: [string, () => Agent, string, string][] = [
    [
      'where the model goes on without the output of the page',
      goingOn,
      'went on',
      "stopAtToolNames: ['where']",
    ],
    ['where the page is asked for two at once', bothAtOnce, 'is not sent', 'parallelToolCalls: false'],
  ];

  it.each(cases)('%s', async (_, agentOf, message, fix) => {
    const chat = await serveAgent(agentOf());
    const { events } = await chat.post(wire.create('Where am I?'));
    expect(outline(events).at(-1)).toBe('done client_tool_call');
    expect(chat.logger.lines).toEqual([
      expect.objectContaining({
        level: 'warn',
        message: expect.stringContaining(message),
        details: expect.objectContaining({ tool: 'where', fix: expect.stringContaining(fix) }),
      }),
    ]);

    const inProduction = await serveAgent(agentOf(), {}, { mode: 'production' });
    await inProduction.post(wire.create('Where am I?'));
    expect(inProduction.logger.lines).toEqual([]);
  });

  it('and none where the run stops at its only call', async () => {
    const agent = bothAtOnce();
    agent.model = new ScriptedModel([calls('who')]);
    const chat = await serveAgent(agent);
    await chat.post(wire.create('Who am I?'));
    expect(chat.logger.lines).toEqual([]);
  });
});
