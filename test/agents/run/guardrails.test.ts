import {
  Agent,
  defineToolInputGuardrail,
  defineToolOutputGuardrail,
  tool,
  ToolGuardrailFunctionOutputFactory,
  type InputGuardrail,
  type OutputGuardrail,
} from '@openai/agents';
import { assistantMessage, functionCall as scriptedCall, ScriptedModel } from '@openai/agents/testing';
import { z } from 'zod';
import { agentContext } from '../../../src/agents';
import { replace } from '../../../src/events';
import type { ThreadItem, ThreadStreamEvent } from '../../../src/protocol';
import { textOf, threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { Latch } from '../../support/wait';
import { functionCall, message } from '../golden/stream';
import { outline, responsesModel, serveAgent } from '../support/chat';
import { OpenAiServer } from '../support/openai-server';
import { beginning, responding } from '../support/scripts';

const card = (value: string) => ({ type: 'Card', children: [{ type: 'Text', value }] });

const show = tool({
  name: 'show',
  description: 'Shows a widget.',
  parameters: z.object({}),
  async execute(_, run) {
    await agentContext(run).streamWidget(card('new'));
    return 'shown';
  },
});

const trips: OutputGuardrail = {
  name: 'never',
  execute: async () => ({ tripwireTriggered: true, outputInfo: {} }),
};

const removals = (events: readonly ThreadStreamEvent[]): number =>
  events.filter(({ type }) => type === 'thread.item.removed').length;

const isDelta = (event: ThreadStreamEvent): boolean =>
  event.type === 'thread.item.updated' && 'delta' in event.update;

describe('a guardrail that stops the run', () => {
  it('takes back what was shown, when it is one of the input, in the middle of a text', async () => {
    const shown = new Latch();
    const tripped = new Latch();
    const [, , , delta, , ...others] = beginning(message(['So you', ' want']));
    const server = (await OpenAiServer.start()).will({
      events: [
        ...beginning(message(['So you'])).slice(0, 4),
        { until: tripped.opened },
        delta!, // the SDK looks for guardrails when something comes
        ...others,
      ],
      end: 'never',
    });
    const guardrail: InputGuardrail = {
      name: 'later',
      runInParallel: true,
      execute: async () => {
        await shown.opened;
        setImmediate(() => tripped.open());
        return { tripwireTriggered: true, outputInfo: {} };
      },
    };
    const agent = new Agent({ name: 'test', model: responsesModel(server), inputGuardrails: [guardrail] });
    const chat = await serveAgent(agent);
    const stream = await chat.open(wire.create('Do it'));
    await stream.until(isDelta);
    shown.open();
    await server.last.left; // the model is stopped
    const events = await stream.end();
    expect(outline(events).slice(-2)).toEqual(['thread.item.removed', 'error stream.error']);
    expect(await chat.items(threadIdOf({ events }))).toHaveLength(1);
  });

  it('takes back messages and widgets, when it is one of the output', async () => {
    const model = new ScriptedModel([
      [assistantMessage('Let me show you.'), scriptedCall('show', {}, { callId: 'c' })],
      [assistantMessage('There.')],
    ]);
    const agent = new Agent({ name: 'test', model, tools: [show], outputGuardrails: [trips] });
    const chat = await serveAgent(agent);
    const { events } = await chat.post(wire.create('Do it'));
    expect(outline(events)).toContain('done widget');
    expect(removals(events)).toBe(3);
    expect((await chat.items(threadIdOf({ events }))).map(textOf)).toEqual(['Do it']);
  });

  const stopping = {
    name: 'stops',
    run: async () => ToolGuardrailFunctionOutputFactory.throwException(),
  };
  it.each([
    ['output', { outputGuardrails: [defineToolOutputGuardrail(stopping)] }, 2],
    ['input', { inputGuardrails: [defineToolInputGuardrail(stopping)] }, 1],
  ])('takes back what was shown, when it is one of a tool’s %s', async (_, guardrails, count) => {
    const guarded = tool({
      name: 'guarded',
      description: 'Is guarded.',
      parameters: z.object({}),
      ...guardrails,
      async execute(__, run) {
        await agentContext(run).streamWidget(card('secret'));
        return 'secret';
      },
    });
    const model = new ScriptedModel([
      [assistantMessage('Hm.'), scriptedCall('guarded', {}, { callId: 'c' })],
    ]);
    const chat = await serveAgent(new Agent({ name: 'test', model, tools: [guarded] }));
    const { events } = await chat.post(wire.create('Do it'));
    expect(removals(events)).toBe(count);
    expect(await chat.items(threadIdOf({ events }))).toHaveLength(1);
  });

  it('restores what the run has changed of earlier turns', async () => {
    const change = tool({
      name: 'change',
      description: 'Changes the widget of the turn before, and the workflow.',
      parameters: z.object({}),
      async execute(_, run) {
        const context = agentContext(run);
        const { store, thread } = context.chat;
        const { data } = await store.listItems(thread.id, { limit: 9, order: 'asc', types: ['widget'] });
        await context.stream(replace(data[0]!.id, () => card('changed')));
        await context.addWorkflowTask({ type: 'custom', title: 'Two' });
        await context.endWorkflow();
        return 'changed';
      },
    });
    const begin = tool({
      name: 'begin',
      description: 'Begins.',
      parameters: z.object({}),
      async execute(_, run) {
        await agentContext(run).streamWidget(card('old'));
        await agentContext(run).addWorkflowTask({ type: 'custom', title: 'One' });
        agentContext(run).clientToolCall('begin');
      },
    });
    const stopping = { toolUseBehavior: { stopAtToolNames: ['begin', 'change'] } };
    const first = new Agent({
      ...stopping,
      name: 'first',
      model: new ScriptedModel([[scriptedCall('begin', {}, { callId: 'c' })]]),
      tools: [begin],
    });
    const chat = await serveAgent(first);
    const threadId = threadIdOf(await chat.post(wire.create('Begin')));
    const before = await chat.items(threadId);
    expect(before.map(({ type }) => type)).toEqual([
      'user_message',
      'widget',
      'workflow',
      'client_tool_call',
    ]);

    const second = new Agent({
      ...stopping,
      name: 'second',
      model: new ScriptedModel([[assistantMessage('Hm.'), scriptedCall('change', {}, { callId: 'd' })]]),
      tools: [change],
      outputGuardrails: [trips],
    });
    const again = await serveAgent(second, {}, { store: chat.store });
    const { events } = await again.post(wire.toolOutput(threadId, 'yes'));
    const replaced = events.filter(({ type }) => type === 'thread.item.replaced');
    expect(replaced.at(-1)).toMatchObject({ item: { type: 'widget', widget: card('old') } });
    const itemsOf = (items: ThreadItem[]) => items.filter(({ type }) => type !== 'client_tool_call');
    expect(itemsOf(await chat.items(threadId))).toEqual(itemsOf(before));
  });
});

describe('an error of a tool that is no guardrail', () => {
  it('leaves what was shown', async () => {
    const server = (await OpenAiServer.start()).will(
      responding(message(['Let me see.']), functionCall('fails', { index: 1 })),
    );
    const fails = tool({
      name: 'fails',
      description: 'Fails.',
      parameters: z.object({}),
      errorFunction: null,
      execute(): string {
        throw new Error('Out of luck');
      },
    });
    const chat = await serveAgent(new Agent({ name: 'test', model: responsesModel(server), tools: [fails] }));
    const { events } = await chat.post(wire.create('Do it'));
    expect(outline(events).slice(-2)).toEqual(['done assistant_message', 'error stream.error']);
    expect(removals(events)).toBe(0);
  });
});
