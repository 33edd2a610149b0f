import { Agent, hostedMcpTool, Runner as SdkRunner, tool, type Model } from '@openai/agents';
import { z } from 'zod';
import {
  agentContext,
  agentController,
  approvalRequest,
  chatRunner,
  runAgent,
  step,
  type QuestionWidget,
} from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnMessage } from '../../../src/decorators';
import type { ThreadStreamEvent, WidgetItem } from '../../../src/protocol';
import { MemoryStore } from '../../../src/stores';
import { serveChat, textOf, threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { api, functionCall, message, type Step } from '../golden/stream';
import { outline, responsesModel } from '../support/chat';
import { responding } from '../support/scripts';
import { inputs, press, saying, serveWorkflow, startModels, widgetsIn } from './support';

const Runner = chatRunner(SdkRunner);

interface Remover {
  ran: string[];
  agent: Agent;
}

/** An agent whose tool waits for the user. */
function remover(): Remover {
  const ran: string[] = [];
  const remove = tool({
    name: 'remove',
    description: 'Removes.',
    parameters: z.object({}),
    needsApproval: true,
    async execute(_, run) {
      ran.push('remove');
      await agentContext(run).progress('Removing');
      return 'It is gone.';
    },
  });
  return { ran, agent: new Agent({ name: 'Remover', model: 'gpt-5', tools: [remove] }) };
}

const writer = new Agent({ name: 'Writer', model: 'gpt-5' });

/** Runs the remover, and another agent on what it has said. */
const workflowOf =
  ({ agent }: Remover, options: object = {}) =>
  async ({ input_as_text: text }: { input_as_text: string }) => {
    const removed = await new Runner().run(agent, text, options as never);
    await new Runner().run(writer, `It said: ${String(removed.finalOutput)}`);
  };

const call = (id = 1) =>
  functionCall('remove', { callId: `call_${String(id)}`, id: `fc_${String(id)}`, index: id - 1 });
const deltas = (events: readonly ThreadStreamEvent[]): string[] =>
  outline(events).filter((each) => each.startsWith('“'));
const outputsIn = (input: readonly object[] = []): unknown[] =>
  input.flatMap((item) => ('output' in item ? [item.output] : []));

/** What an MCP server of OpenAI asks. */
const asksForMcp: Step[] = [
  api('output_item.done', {
    output_index: 0,
    item: {
      type: 'mcp_approval_request',
      id: 'mcpr_1',
      name: 'list_events',
      arguments: '{"day":"Friday"}',
      server_label: 'calendar',
    },
  }),
];
const calendar = (model: string | Model = 'gpt-5') =>
  new Agent({
    name: 'Calendar',
    model,
    tools: [
      hostedMcpTool({
        serverLabel: 'calendar',
        serverUrl: 'https://mcp.example.com',
        requireApproval: 'always',
      }),
    ],
  });

describe('a tool of a workflow that needs approval', () => {
  it('is shown at work when the user has accepted it, and not before', async () => {
    const server = (await startModels()).will(responding(call()));
    const chat = await serveWorkflow(workflowOf(remover()), {
      show: { Remover: 'text', Writer: 'nothing' },
      toolActivity: ({ name, status, input }) => ({
        task: { type: 'custom', title: `${name} ${JSON.stringify(input)}: ${status}` },
      }),
    });
    const { events } = await chat.post(wire.create('Remove it'));
    const threadId = threadIdOf({ events });
    const tasks = async () =>
      (await chat.items(threadId)).flatMap((item) => (item.type === 'workflow' ? item.workflow.tasks : []));
    expect(await tasks()).toEqual([]);
    server.will(saying('Done.'), saying('Written.'));
    await press(chat, threadId, widgetsIn(events)[0]!, 'confirm');
    expect(await tasks()).toMatchObject([{ title: 'remove {}: completed', status_indicator: 'complete' }]);
  });

  it.each([
    ['confirm', ['remove'], 'It is gone.'],
    ['cancel', [], 'The user has declined this call.'],
  ] as const)(
    'asks by a widget, and the workflow goes on in another process: %s',
    async (button, did, told) => {
      const server = (await startModels()).will(responding(message(['Shall I?']), call(2)));
      const store = new MemoryStore();
      const chat = await serveWorkflow(workflowOf(remover()), {}, { store });
      const { events } = await chat.post(wire.create('Remove it'));
      expect(outline(events).slice(-3)).toEqual(['“Shall I?”', 'done assistant_message', 'done widget']);
      const [asked] = widgetsIn(events);
      expect(JSON.stringify(asked)).toContain('Remover asks to use **remove**');
      const restarted = remover();
      const again = await serveWorkflow(workflowOf(restarted), {}, { store });
      server.will(saying('Done.'), saying('Written.'));
      const after = await press(again, threadIdOf({ events }), asked!, button);
      expect(restarted.ran).toEqual(did);
      expect(outline(after)[0]).toBe('replaced widget');
      expect(deltas(after)).toEqual(['“Done.”', '“Written.”']);
      expect(outputsIn(server.bodies[1]!.input)).toEqual([told]);
      expect(inputs(server).at(-1)).toEqual(['It said: Done.']);
      expect(outline(await press(again, threadIdOf({ events }), asked!, button))).toEqual(['notice']);
      expect(server.bodies).toHaveLength(3);
    },
  );

  it('is asked about call by call, and beside questions of the workflow', async () => {
    const server = (await startModels()).will(responding(call(1), call(2)));
    const made = remover();
    const chat = await serveWorkflow(async (input) => {
      await workflowOf(made)(input);
      return (await approvalRequest('And now?')) ? 'All of it.' : 'Not all.';
    });
    const { events } = await chat.post(wire.create('Remove both'));
    const threadId = threadIdOf({ events });
    const second = await press(chat, threadId, widgetsIn(events)[0]!, 'confirm');
    expect(outline(second)).toEqual(['replaced widget', 'done widget']);
    expect(made.ran).toEqual([]);
    server.will(saying('One of them.'), saying('Written.'));
    const third = await press(chat, threadId, widgetsIn(second).at(-1)!, 'cancel');
    expect(made.ran).toEqual(['remove']);
    expect(JSON.stringify(widgetsIn(third).at(-1))).toContain('And now?');
    await press(chat, threadId, widgetsIn(third).at(-1)!, 'confirm');
    expect((await chat.items(threadId)).map(textOf).at(-1)).toBe('All of it.');
    expect(made.ran).toEqual(['remove']);
    expect(server.bodies).toHaveLength(3);
  });

  it('may be called again when it goes on, and waits again', async () => {
    const server = (await startModels()).will(responding(call(1)));
    const made = remover();
    const chat = await serveWorkflow(workflowOf(made, { context: { user: 'Ada' } }), {
      show: { Remover: 'progress' },
    });
    const { events } = await chat.post(wire.create('Remove it'));
    const threadId = threadIdOf({ events });
    server.will(responding(call(2)));
    const second = await press(chat, threadId, widgetsIn(events)[0]!, 'confirm');
    expect(made.ran).toEqual(['remove']);
    expect(outline(second)).toContain('progress_update');
    server.will(saying('Done.'), saying('Written.'));
    const last = await press(chat, threadId, widgetsIn(second).at(-1)!, 'confirm');
    expect(made.ran).toEqual(['remove', 'remove']);
    expect(deltas(last)).toEqual(['“Written.”']);
    expect(JSON.stringify(await chat.items(threadId))).not.toContain('loading');
  });

  it('expires when the user says something else first', async () => {
    const server = (await startModels()).will(responding(call(1)));
    const made = remover();
    const chat = await serveWorkflow(workflowOf(made));
    const { events } = await chat.post(wire.create('Remove it'));
    server.will(saying('Well.'), saying('Written.'));
    const next = await chat.post(wire.say(threadIdOf({ events }), 'Leave it'));
    expect(JSON.stringify(widgetsIn(next.events)[0])).toContain('Expired');
    expect(made.ran).toEqual([]);
    expect(inputs(server)[1]!.at(-1)).toBe('Leave it');
  });

  it('expires where the state of its run cannot be read any more', async () => {
    const server = (await startModels()).will(responding(call(1)));
    const store = new MemoryStore();
    const chat = await serveWorkflow(workflowOf(remover()), {}, { store });
    const { events } = await chat.post(wire.create('Remove it'));
    const other = new Agent({ name: 'Remover', model: 'gpt-5' }); // its tool is gone
    const redeployed = await serveWorkflow(workflowOf({ ran: [], agent: other }), {}, { store });
    server.will(saying('Never.'));
    const after = await press(redeployed, threadIdOf({ events }), widgetsIn(events)[0]!, 'confirm');
    expect(outline(after).at(-1)).toBe('notice');
    expect(JSON.stringify(widgetsIn(after).at(-1))).toContain('Expired');
    expect(server.bodies).toHaveLength(1);
  });

  it('tells widgets of the application which tool asks', async () => {
    (await startModels()).will(responding(call(1)));
    const approvalWidget: QuestionWidget = ({ message: text, tool: asked, status, accept }) => ({
      type: 'Card',
      children: [{ type: 'Text', value: `${asked?.name ?? text} ${JSON.stringify(asked?.input)} ${status}` }],
      confirm: { label: 'Yes', action: accept },
    });
    const chat = await serveWorkflow(workflowOf(remover()), { approvalWidget });
    const { events } = await chat.post(wire.create('Remove it'));
    expect(widgetsIn(events)[0]!.widget).toMatchObject({ children: [{ value: 'remove {} pending' }] });
  });

  it('is an error in a step, which is not played again', async () => {
    (await startModels()).will(responding(call(1)));
    const { agent, ran } = remover();
    const chat = await serveWorkflow(() => step('remove', () => new Runner().run(agent, 'Remove it')));
    await chat.post(wire.create('Remove it'));
    expect(chat.logger.lines.at(-1)).toMatchObject({ details: { code: 'tool_waits_in_step' } });
    expect(JSON.stringify(chat.logger.lines.at(-1))).toContain('Remover');
    expect(ran).toEqual([]);
  });
});

describe('a tool of a hosted MCP server that needs approval', () => {
  const approvalIn = (input: readonly object[] = []): object | undefined =>
    input.find((item) => 'type' in item && item.type === 'mcp_approval_response');

  async function pressed(
    chat: Awaited<ReturnType<typeof serveChat>>,
    events: readonly ThreadStreamEvent[],
    button: 'confirm' | 'cancel',
  ): Promise<WidgetItem> {
    const [asked] = widgetsIn(events);
    await press(chat, threadIdOf({ events: [...events] }), asked!, button);
    return asked!;
  }

  it.each([
    ['confirm', true],
    ['cancel', false],
  ] as const)('is asked about in a workflow: %s', async (button, approve) => {
    const server = (await startModels()).will(responding(asksForMcp));
    const chat = await serveWorkflow(({ input_as_text: text }) =>
      new Runner().run(calendar(), text).then(({ finalOutput }) => finalOutput),
    );
    const { events } = await chat.post(wire.create('What is on?'));
    server.will(saying('A party.'));
    const asked = await pressed(chat, events, button);
    expect(JSON.stringify(asked)).toContain('list_events');
    expect(JSON.stringify(asked)).toContain('Friday');
    expect(approvalIn(server.last.body.input)).toMatchObject({ approval_request_id: 'mcpr_1', approve });
  });

  it.each([
    ['confirm', true],
    ['cancel', false],
  ] as const)('is asked about by an agent: %s', async (button, approve) => {
    const server = (await startModels()).will(responding(asksForMcp));
    const agent = calendar(responsesModel(server));
    @ChatController()
    class Calendar {
      @OnMessage()
      reply(_message: unknown, ctx: ChatContext) {
        return runAgent(agent, ctx);
      }
    }
    const chat = await serveChat({ controllers: [new Calendar(), agentController({ agents: [agent] })] });
    const { events } = await chat.post(wire.create('What is on?'));
    server.will(saying('A party.'));
    const asked = await pressed(chat, events, button);
    expect(asked.widget).toMatchObject({ children: [{ value: 'list_events' }, {}] });
    expect(approvalIn(server.last.body.input)).toMatchObject({ approval_request_id: 'mcpr_1', approve });
  });
});
