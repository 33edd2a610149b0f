import { Agent, tool } from '@openai/agents';
import { functionCall, ScriptedModel } from '@openai/agents/testing';
import { z } from 'zod';
import { AgentContext, agentContext, streamAgentResponse } from '../../../src/agents';
import type { EventDraft } from '../../../src/context';
import type { ThreadStreamEvent } from '../../../src/protocol';
import { threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { makeContext } from '../../pipeline/harness';
import { inResponse, message } from '../golden/stream';
import { serveAgent } from '../support/chat';
import { runOf } from '../support/fake-run';

/** Serves an agent whose tool `work` does this, and resolves to what is sent, and what is in the thread. */
async function work(execute: (context: AgentContext) => unknown) {
  const model = new ScriptedModel([
    [functionCall('other', {}, { callId: 'call_1' }), functionCall('work', {}, { callId: 'call_2' })],
  ]);
  const named = (name: string, run: (context: AgentContext) => unknown) =>
    tool({
      name,
      description: name,
      parameters: z.object({}),
      async execute(_, context) {
        await run(agentContext(context));
      },
    });
  const agent = new Agent({
    name: 'test',
    model,
    tools: [named('other', () => undefined), named('work', execute)],
    toolUseBehavior: 'stop_on_first_tool',
  });
  const chat = await serveAgent(agent);
  const { events } = await chat.post(wire.create('Hello'));
  return { events, items: await chat.items(threadIdOf({ events })) };
}

const itemsIn = (events: readonly (ThreadStreamEvent | EventDraft)[], type: string) =>
  events.flatMap((event) => ('item' in event && event.item.type === type ? [event.item] : []));

describe('the helpers for tools', () => {
  it('send widgets with a text to copy, and progress with an icon', async () => {
    const card = { type: 'Card', children: [] };
    const { events } = await work(async (context) => {
      await context.streamWidget(card, { copyText: 'Nothing' });
      await context.streamWidget(() => [card], { copyText: 'Nothing at all' });
      await context.progress('Looking', { icon: 'search' });
    });
    const texts = itemsIn(events, 'widget').map((item) => 'copy_text' in item && item.copy_text);
    expect(texts).toEqual(['Nothing', 'Nothing at all', 'Nothing at all']); // the last is done
    expect(events).toContainEqual({ type: 'progress_update', text: 'Looking', icon: 'search' });
  });

  it('resolve to the index of a task, and refuse an index that no task has', async () => {
    const indexes: number[] = [];
    const refused: unknown[] = [];
    const { items } = await work(async (context) => {
      const refuse = (index: number) =>
        context.updateWorkflowTask({ type: 'custom' }, index).catch((error: unknown) => refused.push(error));
      await refuse(0);
      for (const title of ['One', 'Two']) {
        indexes.push(await context.addWorkflowTask({ type: 'custom', title }));
      }
      await refuse(2);
      await context.updateWorkflowTask({ type: 'custom', title: 'Second' }, 1);
      expect(context.workflow?.workflow.tasks).toHaveLength(2);
      await context.endWorkflow();
      expect(context.workflow).toBeUndefined();
    });
    expect(indexes).toEqual([0, 1]);
    expect(refused).toMatchObject([{ code: 'no_such_task' }, { code: 'no_such_task' }]);
    expect(itemsIn([{ type: 'thread.item.done', item: items[1]! }], 'workflow')).toMatchObject([
      { workflow: { tasks: [{ title: 'One' }, { title: 'Second' }] } },
    ]);
  });

  it('close a workflow with the seconds that it took', async () => {
    const chat = makeContext();
    let seconds = 0;
    const now = jest
      .spyOn(chat.store, 'now')
      .mockImplementation(() => new Date(Date.UTC(2026, 0, 1, 12, 0, seconds, 900)).toISOString());
    const context = new AgentContext(chat);
    const events: EventDraft[] = [];
    async function* run() {
      void context.addWorkflowTask({ type: 'custom', title: 'One' });
      yield* runOf(...inResponse([]));
      seconds = 75;
      yield* runOf(...inResponse(message(['Yes.'])));
    }
    for await (const event of streamAgentResponse(context, run())) events.push(event);
    expect(now).toHaveBeenCalled();
    expect(itemsIn(events, 'workflow').at(-1)).toMatchObject({ workflow: { summary: { duration: 75 } } });
  });

  it('make ids as the app does, of each kind', async () => {
    const ids: string[] = [];
    await work((context) => ids.push(context.generateId('widget'), context.generateId('message')));
    expect(ids).toEqual([expect.stringMatching(/^wgt_\w+$/), expect.stringMatching(/^msg_\w+$/)]);
  });

  it('call a tool in the browser by the id that they are given', async () => {
    const { events } = await work((context) => context.clientToolCall('work', {}, { callId: 'call_1' }));
    expect(itemsIn(events, 'client_tool_call')).toMatchObject([{ name: 'work', call_id: 'call_1' }]);
  });

  it('call a tool in the browser that has another name by the id of the latest call', async () => {
    const { events } = await work((context) => context.clientToolCall('in_the_page'));
    expect(itemsIn(events, 'client_tool_call')).toMatchObject([{ name: 'in_the_page', call_id: 'call_2' }]);
  });

  it('work in a second run with the same context', async () => {
    const context = new AgentContext(makeContext());
    context.clientToolCall('ask');
    const events: EventDraft[] = [];
    for (const text of ['One', 'Two']) {
      const run = runOf(...inResponse(message([text])));
      const stream = streamAgentResponse(context, run);
      for await (const event of stream) {
        events.push(event);
        if (event.type === 'thread.item.added') void context.progress(text);
      }
      if (text === 'One') expect(itemsIn(events, 'client_tool_call')).toHaveLength(1);
    }
    expect(itemsIn(events, 'client_tool_call')).toHaveLength(1); // not once more
    expect(events.flatMap((event) => (event.type === 'progress_update' ? [event.text] : []))).toEqual([
      'One',
      'Two',
    ]);
  });

  it('refuse what is not stored when the answer is left', async () => {
    const context = new AgentContext(makeContext());
    const sent = context.progress('One');
    const waiting = context.progress('Two');
    const stream = streamAgentResponse(context, runOf());
    expect(await stream.next()).toMatchObject({ value: { text: 'One' } });
    await stream.return();
    await expect(sent).rejects.toMatchObject({ code: 'run_ended' });
    await expect(waiting).rejects.toMatchObject({ code: 'run_ended' });
  });

  it('do not end the process where a task is refused and nothing waits for it', async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const left: AgentContext[] = [];
    await work((context) => void left.push(context));
    void left[0]!.addWorkflowTask({ type: 'custom' }); // after the run
    void left[0]!.startWorkflow();
    await new Promise((resolve) => setTimeout(resolve, 5));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
