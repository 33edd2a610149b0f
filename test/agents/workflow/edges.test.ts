import { Agent, Runner as SdkRunner, tool, type OutputGuardrail } from '@openai/agents';
import { z } from 'zod';
import { agentContext, approvalRequest, chatRunner, runWorkflow, type AgentLike } from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnMessage } from '../../../src/decorators';
import type { ThreadItem, ThreadStreamEvent } from '../../../src/protocol';
import { serveChat, textOf, threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { until } from '../../support/wait';
import { functionCall, message, reasoning } from '../golden/stream';
import { outline } from '../support/chat';
import { responding } from '../support/scripts';
import { hanging, inputs, press, saying, serveWorkflow, startModels, widgetsIn } from './support';

const Runner = chatRunner(SdkRunner);
const run = (agent: AgentLike, input: string | object[] = 'Hello', options = {}) =>
  new Runner().run(agent as never, input as never, options) as Promise<{
    finalOutput?: unknown;
    lastResponseId?: string;
  }>;
const plain = (name: string) => new Agent({ name, model: 'gpt-5' });
const structured = (name: string) =>
  new Agent({ name, model: 'gpt-5', outputType: z.object({ kind: z.string(), why: z.string() }) });
const output = { kind: 'a', why: 'b' };

const trips: OutputGuardrail<never> = {
  name: 'never',
  execute: async () => ({ tripwireTriggered: true, outputInfo: {} }),
};

const tasksOf = (item: ThreadItem): [string | undefined, string | undefined][] =>
  item.type === 'workflow'
    ? item.workflow.tasks.map((task) => ['title' in task ? task.title : undefined, task.status_indicator])
    : [];

describe('a guardrail of the SDK in a workflow', () => {
  it('takes back what its agent has shown, of the workflow item too, and the workflow may go on', async () => {
    const server = (await startModels()).will(
      saying(output),
      responding(reasoning([['Hm.']]), message(['Something bad.'], { index: 1 })),
      saying(output),
    );
    const guarded = new Agent({ name: 'Guarded', model: 'gpt-5', outputGuardrails: [trips] });
    const chat = await serveWorkflow(async () => {
      await run(structured('First'));
      const error = await run(guarded).then(
        () => new Error('none'),
        (thrown: unknown) => thrown as Error,
      );
      await run(structured('Third'));
      return error.constructor.name === 'OutputGuardrailTripwireTriggered' ? 'Something bad.' : 'No.';
    });
    const { events } = await chat.post(wire.create('Hello'));
    const items = await chat.items(threadIdOf({ events }));
    expect(items.map(({ type }) => type)).toEqual(['user_message', 'workflow', 'assistant_message']);
    expect(tasksOf(items[1]!)).toEqual([
      ['First', 'complete'],
      ['Third', 'complete'],
    ]);
    expect(items[1]).toMatchObject({ workflow: { summary: { duration: expect.any(Number) } } });
    expect(textOf(items[2])).toBe('Something bad.'); // it was taken back, and so is not shown yet
    expect(server.bodies).toHaveLength(3);
  });

  it('is an error where the workflow does not catch it', async () => {
    (await startModels()).will(saying('Something bad.'));
    const guarded = new Agent({ name: 'Guarded', model: 'gpt-5', outputGuardrails: [trips] });
    const chat = await serveWorkflow(() => run(guarded));
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events).at(-1)).toBe('error stream.error');
    expect((await chat.items(threadIdOf({ events }))).map(({ type }) => type)).toEqual(['user_message']);
  });
});

describe('messages that were masked', () => {
  it('stay so for agents, however many have been masked since', async () => {
    const server = (await startModels()).will(saying('One.'));
    const masks = async (workflow: { input_as_text: string }) => {
      workflow.input_as_text = workflow.input_as_text.replaceAll(/\d+/g, '<NUMBER>');
      await run(plain('A'), workflow.input_as_text);
    };
    const chat = await serveWorkflow(masks, { history: { maxItems: 1000 } });
    const threadId = threadIdOf(await chat.post(wire.create('My number is 123')));
    const scope = { owner: 'alice', requestContext: {}, signal: new AbortController().signal };
    const key = `agents.workflow-notes.${threadId}`;
    const notes = (await chat.store.getValue(scope, key))!.value as { masked: object };
    const others = Array.from({ length: 150 }, (_, n) => [`msg_${String(n)}`, '<NUMBER>']);
    await chat.store.putValue(scope, key, {
      ...notes,
      masked: { ...notes.masked, ...Object.fromEntries(others) },
    });
    for (const text of ['Or 456', 'Or 789']) {
      server.will(saying('Well.'));
      await chat.post(wire.say(threadId, text));
    }
    expect(inputs(server).at(-1)).toEqual([
      ...['My number is <NUMBER>', 'One.', 'Or <NUMBER>', 'Well.', 'Or <NUMBER>'],
    ]);
  });
});

describe('a tool in the browser', () => {
  it('is an error with its name in a workflow, and the page is not asked', async () => {
    (await startModels()).will(responding(functionCall('pick', { callId: 'call_1', id: 'fc_1' })));
    const pick = tool({
      name: 'pick',
      description: 'Picks.',
      parameters: z.object({}),
      execute: (_, context) => agentContext(context).clientToolCall('pick_in_page'),
    });
    const picker = new Agent({
      name: 'Picker',
      model: 'gpt-5',
      tools: [pick],
      toolUseBehavior: { stopAtToolNames: ['pick'] },
    });
    const chat = await serveWorkflow(() => run(picker));
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events)).toEqual(['done user_message', 'error stream.error']);
    expect(chat.logger.lines.at(-1)).toMatchObject({ details: { code: 'client_tool_in_workflow' } });
    expect(JSON.stringify(chat.logger.lines.at(-1))).toContain('pick_in_page');
    const next = await chat.post(wire.say(threadIdOf({ events }))); // no call is pending
    expect(next.status).toBe(200);
  });
});

describe('a context of the workflow', () => {
  it('may be given to one run after the other, and to the next turn, but not to two at once', async () => {
    const server = (await startModels()).will(saying('One.'), saying('Two.'));
    const context = { user: 'Ada' };
    const chat = await serveWorkflow(async ({ input_as_text: text }) => {
      if (text === 'At once') {
        return Promise.all([run(plain('A'), text, { context }), run(plain('B'), text, { context })]);
      }
      await run(plain('A'), text, { context });
      return run(plain('B'), text, { context });
    });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events).filter((each) => each.startsWith('“'))).toEqual(['“One.”', '“Two.”']);
    server.will(saying('Three.'), saying('Four.'));
    await chat.post(wire.say(threadIdOf({ events }), 'At once'));
    expect(chat.logger.lines.at(-1)).toMatchObject({ details: { code: 'context_in_use' } });
  });
});

describe('previousResponseId in a workflow', () => {
  it('is the workflow’s own: its run reads no history of the thread', async () => {
    const server = (await startModels()).will(saying('One.'), saying('Two.'));
    const chat = await serveWorkflow(async ({ input_as_text: text }) => {
      const { lastResponseId } = await run(plain('A'), text);
      await run(plain('B'), text, { previousResponseId: lastResponseId });
    });
    const threadId = threadIdOf(await chat.post(wire.create('Hello')));
    expect(inputs(server)).toEqual([['Hello'], ['Hello']]);
    server.will(saying('Three.'), saying('Four.'));
    await chat.post(wire.say(threadId, 'Again'));
    expect(inputs(server).slice(2)).toEqual([['Hello', 'One.', 'Two.', 'Again'], ['Again']]);
    expect(server.last.body.previous_response_id).toMatch(/^resp_/);
  });
});

describe('approvalRequest() without workflowController()', () => {
  it('is an error that says what is missing, and shows no buttons that nothing handles', async () => {
    @ChatController()
    class Alone {
      @OnMessage()
      reply(_message: unknown, ctx: ChatContext) {
        return runWorkflow(async () => {
          await approvalRequest('Go on?').catch(() => undefined);
          return 'Went on.';
        }, ctx);
      }
    }
    const chat = await serveChat({ controllers: [new Alone()] });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events)).toEqual(['done user_message', 'error stream.error']);
    expect(chat.logger.lines.at(-1)).toMatchObject({ details: { code: 'approval_without_controller' } });
    expect(JSON.stringify(chat.logger.lines.at(-1))).toContain('workflowController()');
  });
});

describe('agents that are shown as progress', () => {
  it('are not read of by agents of later turns, by others in this one, nor after an approval', async () => {
    const server = (await startModels()).will(
      responding(reasoning([['Hm.']]), message([JSON.stringify(output)], { index: 1 })),
      saying('Yes.'),
    );
    const chat = await serveWorkflow(async ({ input_as_text: text }) => {
      await run(structured('Sorter'), text);
      await run(plain('Answer'), text);
      if (text === 'Ask') await approvalRequest('Sure?').then(() => run(plain('Answer'), text));
    });
    const threadId = threadIdOf(await chat.post(wire.create('Hello')));
    server.will(saying(output), saying('Well.'));
    const { events } = await chat.post(wire.say(threadId, 'Ask'));
    server.will(saying('Done.'));
    await press(chat, threadId, widgetsIn(events).at(-1)!, 'confirm');
    expect(inputs(server).slice(2)).toEqual([
      ['Hello', 'Yes.', 'Ask'],
      ['Hello', 'Yes.', 'Ask'],
      ['Hello', 'Yes.', 'Ask'],
    ]);
  });

  it('leave tasks of the application to be read', async () => {
    const server = (await startModels()).will(saying(output), saying('Yes.'));
    const chat = await serveWorkflow(async ({ input_as_text: text }) => {
      await run(structured('Sorter'), text);
      await run(plain('Answer'), text);
    });
    const threadId = threadIdOf(await chat.post(wire.create('Hello')));
    await chat.store.saveItem(
      { owner: 'alice', requestContext: {}, signal: new AbortController().signal },
      ...saved({
        id: 'task_1',
        thread_id: threadId,
        created_at: '2026-01-01T00:00:00.000Z',
        type: 'workflow',
        workflow: {
          type: 'custom',
          tasks: [
            { type: 'custom', title: 'Sorter', content: 'It was sorted by hand.' },
            { type: 'custom', title: 'Ordered' },
          ],
          expanded: false,
        },
      }),
    );
    server.will(saying(output), saying('Well.'));
    await chat.post(wire.say(threadId, 'Again'));
    const read = inputs(server).at(-1)!.join('\n');
    expect(read).toContain('It was sorted by hand.');
    expect(read).toContain('Ordered');
  });

  it('do not stay loading where the client has left after a widget has closed their workflow', async () => {
    const server = (await startModels()).will(
      responding(functionCall('show', { callId: 'call_1', id: 'fc_1' })),
    );
    const show = tool({
      name: 'show',
      description: 'Shows a widget.',
      parameters: z.object({}),
      async execute(_, context) {
        await agentContext(context).streamWidget({ type: 'Card', children: [] });
        return 'shown';
      },
    });
    server.will(hanging('{"kind'));
    const shower = new Agent({ name: 'Shower', model: 'gpt-5', tools: [show] });
    const chat = await serveWorkflow(() => run(shower), { show: { Shower: 'progress' } });
    const stream = await chat.open(wire.create('Hello'));
    await until(() => server.exchanges.length === 2, 'the agent to be asked again');
    await stream.until((event) => event.type === 'thread.item.done' && event.item.type === 'widget');
    const stored = async () =>
      (await chat.items(threadIdOf(stream))).find(({ type }) => type === 'workflow')!;
    expect(tasksOf(await stored())).toEqual([['Shower', 'loading']]);
    stream.leave();
    await until(async () => tasksOf(await stored())[0]![1] === 'none', 'the task to be settled');
  });

  it('do not stay loading where the client has left, once they are stored', async () => {
    const server = (await startModels()).will(
      responding(reasoning([['Hm.']]), message([JSON.stringify(output)], { index: 1 })),
      hanging('{"kind'),
    );
    const chat = await serveWorkflow(async () => {
      await run(structured('First'));
      await run(structured('Second'));
    });
    const stream = await chat.open(wire.create('Hello'));
    const isSecond = (event: ThreadStreamEvent): boolean =>
      outline([event])[0] === 'workflow.task.added Second';
    await stream.until(isSecond);
    await until(() => server.exchanges.length === 2, 'the second to be asked');
    const threadId = threadIdOf(stream);
    stream.leave();
    await server.last.left;
    await until(async () => {
      const items = await chat.items(threadId);
      return !JSON.stringify(items).includes('loading');
    }, 'the tasks to be settled');
    const item = (await chat.items(threadId)).find(({ type }) => type === 'workflow')!;
    expect(tasksOf(item)).toEqual([
      ['First', 'complete'],
      [undefined, expect.anything()],
      ['Second', 'none'],
    ]);
  });
});

function saved(item: ThreadItem): [ThreadItem, string] {
  return [item, JSON.stringify(item)];
}
