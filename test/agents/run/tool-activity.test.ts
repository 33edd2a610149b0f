import { Agent, applyPatchTool, computerTool, shellTool, tool } from '@openai/agents';
import { assistantMessage, functionCall as scriptedCall, ScriptedModel } from '@openai/agents/testing';
import { z } from 'zod';
import { agentContext, type ShowActivity } from '../../../src/agents';
import { threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { until } from '../../support/wait';
import { api, message, type Step } from '../golden/stream';
import { outline, responsesModel, serveAgent } from '../support/chat';
import { OpenAiServer } from '../support/openai-server';
import { responding } from '../support/scripts';

const find = tool({
  name: 'find_order',
  description: 'Finds an order.',
  parameters: z.object({ id: z.string() }),
  execute: ({ id }) => ({ id, count: 2 }),
});

function findingModel(): ScriptedModel {
  return new ScriptedModel([
    [scriptedCall('find_order', { id: 'a' }, { callId: 'c' })],
    [assistantMessage('Found.')],
  ]);
}

const title = (text: string) => ({ task: { type: 'custom' as const, title: text } });

describe('tools at work', () => {
  it('are not shown by default', async () => {
    const chat = await serveAgent(new Agent({ name: 'test', model: findingModel(), tools: [find] }));
    const { events } = await chat.post(wire.create('Find it'));
    expect(outline(events)).not.toContain('added workflow');
  });

  it('are tasks of a workflow, with what they are called with and what they return', async () => {
    const toolActivity: ShowActivity = ({ name, status, input, output }) =>
      status === 'started'
        ? title(`${name} ${(input as { id: string }).id}`)
        : title(`Found ${String((output as { count: number }).count)}`);
    const agent = new Agent({ name: 'test', model: findingModel(), tools: [find] });
    const chat = await serveAgent(agent, { toolActivity });
    const { events } = await chat.post(wire.create('Find it'));
    expect(outline(events).slice(1, 4)).toEqual([
      'added workflow',
      'workflow.task.updated Found 2',
      'done workflow',
    ]);
    expect(events).toContainEqual(
      expect.objectContaining({
        item: expect.objectContaining({
          workflow: expect.objectContaining({
            tasks: [{ type: 'custom', title: 'find_order a', status_indicator: 'loading' }],
          }),
        }),
      }),
    );
    const stored = (await chat.items(threadIdOf({ events }))).find(({ type }) => type === 'workflow');
    expect(stored).toMatchObject({
      workflow: { tasks: [{ title: 'Found 2', status_indicator: 'complete' }] },
    });
  });

  it('are lines of progress, or both', async () => {
    const toolActivity: ShowActivity = ({ status }) =>
      status === 'started' ? { progress: 'Looking', ...title('Looking') } : { progress: { text: 'Looked' } };
    const agent = new Agent({ name: 'test', model: findingModel(), tools: [find] });
    const chat = await serveAgent(agent, { toolActivity });
    const { events } = await chat.post(wire.create('Find it'));
    expect(outline(events).slice(1, 6)).toEqual([
      'progress_update',
      'added workflow',
      'progress_update',
      'workflow.task.updated Looking',
      'done workflow',
    ]);
  });

  it('are shown when they are complete, if they were not before', async () => {
    const toolActivity: ShowActivity = ({ status }) =>
      status === 'started' ? { progress: 'Looking' } : title('Found');
    const agent = new Agent({ name: 'test', model: findingModel(), tools: [find] });
    const chat = await serveAgent(agent, { toolActivity });
    const { events } = await chat.post(wire.create('Find it'));
    expect(outline(events).slice(1, 4)).toEqual(['progress_update', 'added workflow', 'done workflow']);
    const stored = (await chat.items(threadIdOf({ events }))).find(({ type }) => type === 'workflow');
    expect(stored).toMatchObject({
      workflow: { tasks: [{ title: 'Found', status_indicator: 'complete' }] },
    });
  });

  it('are complete in the thread too where a widget has closed their workflow', async () => {
    const show = tool({
      name: 'show',
      description: 'Shows a widget.',
      parameters: z.object({}),
      async execute(_, run) {
        await agentContext(run).streamWidget({ type: 'Card', children: [] });
        return 'shown';
      },
    });
    const model = new ScriptedModel([
      [scriptedCall('show', {}, { callId: 'c' })],
      [assistantMessage('There.')],
    ]);
    const agent = new Agent({ name: 'test', model, tools: [show] });
    const chat = await serveAgent(agent, { toolActivity: () => title('Showing') });
    const { events } = await chat.post(wire.create('Show it'));
    expect(outline(events).slice(1, 5)).toEqual([
      'added workflow',
      'done workflow',
      'done widget',
      'replaced workflow',
    ]);
    const stored = (await chat.items(threadIdOf({ events }))).find(({ type }) => type === 'workflow');
    expect(stored).toMatchObject({ workflow: { tasks: [{ status_indicator: 'complete' }] } });
  });

  it('do not stay loading in the thread where the client leaves while they are at work', async () => {
    const show = tool({
      name: 'show',
      description: 'Shows a widget, and never ends.',
      parameters: z.object({}),
      async execute(_, run) {
        await agentContext(run).streamWidget({ type: 'Card', children: [] });
        await new Promise(() => undefined);
      },
    });
    const model = new ScriptedModel([[scriptedCall('show', {}, { callId: 'c' })]]);
    const chat = await serveAgent(new Agent({ name: 'test', model, tools: [show] }), {
      toolActivity: () => title('Showing'),
    });
    const stream = await chat.open(wire.create('Show it'));
    await stream.until((event) => event.type === 'thread.item.done' && event.item.type === 'widget');
    const tasks = async () =>
      (await chat.items(threadIdOf(stream))).flatMap((item) =>
        item.type === 'workflow' ? item.workflow.tasks : [],
      );
    expect(await tasks()).toMatchObject([{ status_indicator: 'loading' }]);
    stream.leave();
    await until(async () => (await tasks())[0]!.status_indicator === 'none', 'the task to be settled');
  });

  it('do not stay loading, on the page or in the thread, where one of them fails', async () => {
    const show = tool({
      name: 'show',
      description: 'Shows a widget, and fails.',
      parameters: z.object({}),
      errorFunction: null,
      async execute(_, run): Promise<string> {
        await agentContext(run).streamWidget({ type: 'Card', children: [] });
        throw new Error('Out of luck');
      },
    });
    const model = new ScriptedModel([[scriptedCall('show', {}, { callId: 'c' })]]);
    const agent = new Agent({ name: 'test', model, tools: [show] });
    const chat = await serveAgent(agent, { toolActivity: () => title('Showing') });
    const { events } = await chat.post(wire.create('Show it'));
    expect(outline(events).slice(1)).toEqual([
      'added workflow',
      'done workflow',
      'done widget',
      'replaced workflow',
      'error stream.error',
    ]);
    const stored = (await chat.items(threadIdOf({ events }))).find(({ type }) => type === 'workflow');
    expect(stored).toMatchObject({ workflow: { tasks: [{ status_indicator: 'none' }] } });
  });

  it('do not stay loading on the page where one of them fails and nothing has closed their workflow', async () => {
    const fails = tool({
      name: 'fails',
      description: 'Fails.',
      parameters: z.object({}),
      errorFunction: null,
      execute(): string {
        throw new Error('Out of luck');
      },
    });
    const model = new ScriptedModel([[scriptedCall('fails', {}, { callId: 'c' })]]);
    const agent = new Agent({ name: 'test', model, tools: [fails] });
    const chat = await serveAgent(agent, { toolActivity: () => title('Trying') });
    const { events } = await chat.post(wire.create('Try it'));
    expect(events.at(-2)).toMatchObject({
      update: { type: 'workflow.task.updated', task: { title: 'Trying', status_indicator: 'none' } },
    });
    expect(events.at(-1)).toMatchObject({ type: 'error' });
  });

  it('are those of the SDK too, once each, with the call as their input', async () => {
    const item = (index: number, fields: object): Step =>
      api('output_item.done', { output_index: index, item: { status: 'completed', ...fields } });
    const server = (await OpenAiServer.start()).will(
      responding(
        item(0, { id: 'cu_1', type: 'computer_call', call_id: 'c', action: { type: 'screenshot' } }),
        item(1, { id: 'sh_1', type: 'shell_call', call_id: 'd', action: { commands: ['ls'] } }),
        item(2, {
          id: 'ap_1',
          type: 'apply_patch_call',
          call_id: 'e',
          operation: { type: 'delete_file', path: 'a' },
        }),
      ),
      responding(message(['Done.'])),
    );
    const methods = 'screenshot click doubleClick scroll type wait move keypress drag'.split(' ');
    const computer = Object.fromEntries(methods.map((method) => [method, async () => 'AAAA']));
    const output = [{ stdout: 'a', stderr: '', outcome: { type: 'exit' as const, exitCode: 0 } }];
    const tools = [
      computerTool({ computer: { environment: 'browser', dimensions: [1, 1], ...computer } as never }),
      shellTool({ shell: { run: async () => ({ output }) } }),
      applyPatchTool({ editor: { deleteFile: async () => ({ status: 'completed' }) } as never }),
    ];
    const seen: string[] = [];
    const agent = new Agent({ name: 'test', model: responsesModel(server), tools });
    const chat = await serveAgent(agent, {
      toolActivity: ({ name, status, input }) => {
        const { action, operation } = input as Record<string, unknown>;
        seen.push(`${name} ${status} ${JSON.stringify(action ?? operation)}`);
        return undefined;
      },
    });
    const { events } = await chat.post(wire.create('Work'));
    expect(outline(events)).toContain('“Done.”');
    const calls = [
      ['computer', '{"type":"screenshot"}'],
      ['shell', '{"commands":["ls"]}'],
      ['apply_patch', '{"type":"delete_file","path":"a"}'],
    ];
    const expected = calls.flatMap(([name, input]) =>
      ['started', 'completed'].map((status) => `${name!} ${status} ${input!}`),
    );
    expect(seen.toSorted()).toEqual(expected.toSorted());
  });

  it('are those of the model’s server too', async () => {
    const search = (status: string, action?: object) => ({
      output_index: 0,
      item: { id: 'ws_1', type: 'web_search_call', status, ...(action === undefined ? {} : { action }) },
    });
    const server = (await OpenAiServer.start()).will(
      responding(
        api('output_item.added', search('in_progress')),
        api('output_item.done', search('completed', { type: 'search', query: 'jugs' })),
        message(['Found.'], { index: 1 }),
      ),
    );
    const toolActivity: ShowActivity = ({ name, status, input }) => {
      if (name !== 'web_search') return undefined;
      if (status === 'started') return { task: { type: 'web_search', title: 'Searching' } };
      const { action } = input as { action: { query: string } };
      return { task: { type: 'web_search', title: 'Searched', queries: [action.query] } };
    };
    const agent = new Agent({ name: 'test', model: responsesModel(server) });
    const chat = await serveAgent(agent, { toolActivity });
    const { events } = await chat.post(wire.create('Search'));
    expect(outline(events).slice(1, 4)).toEqual([
      'added workflow',
      'workflow.task.updated Searched',
      'done workflow',
    ]);
    const stored = (await chat.items(threadIdOf({ events }))).find(({ type }) => type === 'workflow');
    expect(stored).toMatchObject({
      workflow: { tasks: [{ queries: ['jugs'], status_indicator: 'complete' }] },
    });
  });
});
