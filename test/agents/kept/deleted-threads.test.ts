import { Agent, Runner as SdkRunner, tool } from '@openai/agents';
import { z } from 'zod';
import {
  agentController,
  approvalRequest,
  chatRunner,
  runAgent,
  runWorkflow,
  workflowController,
  workflowState,
} from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnAction, OnMessage } from '../../../src/decorators';
import { messageText } from '../../../src/agents/workflow/turn-history';
import type { UserMessageItem } from '../../../src/protocol';
import type { Store } from '../../../src/store';
import { describeEveryStore } from '../../app/stores';
import { serveChat, threadIdOf, type TestChat } from '../../support/chat';
import * as wire from '../../support/requests';
import { functionCall, type ApiEvent } from '../golden/stream';
import { responsesModel } from '../support/chat';
import type { OpenAiServer } from '../support/openai-server';
import { responding } from '../support/scripts';
import { press, saying, startModels, widgetsIn } from '../workflow/support';

const Runner = chatRunner(SdkRunner);
const shopState = workflowState('shop', () => ({ turns: 0 }));
const sorted = (): ApiEvent[] => saying({ a: 'a', b: 'b' });
const sorter = new Agent({
  name: 'Sorter',
  model: 'gpt-5',
  outputType: z.object({ a: z.string(), b: z.string() }),
});
const remove = tool({
  name: 'delete',
  description: 'Deletes a thing.',
  parameters: z.object({}),
  needsApproval: true,
  execute: () => 'deleted',
});

/** Leaves what the bridge keeps of a thread: state, notes, questions, runs that wait, responses, uses of buttons. */
function controllerOf(helper: Agent): object {
  @ChatController()
  class Everything {
    @OnMessage()
    reply(message: UserMessageItem | null, ctx: ChatContext) {
      if (messageText(message) === 'agent') return runAgent(helper, ctx, { previousResponseId: true });
      return runWorkflow(async (workflow) => {
        workflow.input_as_text = 'masked';
        (await shopState.use()).turns += 1;
        await new Runner().run(sorter, workflow.input_as_text);
        return String(await approvalRequest('Go on?'));
      }, ctx);
    }

    @OnAction('pay', { once: true, payload: 'unchecked' })
    pay() {
      // It is used.
    }
  }
  return new Everything();
}

/** What each key is about. */
const kindsOf = (keys: readonly string[]): string[] =>
  keys.map((key) => key.replace(/\.(thr|run)_.*|\/.*/, '')).sort();

describeEveryStore('what the bridge keeps of a thread', (create) => {
  let store: Store;
  let server: OpenAiServer;
  let chat: TestChat;
  beforeEach(async () => {
    store = await create();
    server = await startModels();
    const helper = new Agent({ name: 'Helper', model: responsesModel(server), tools: [remove] });
    const controllers = [controllerOf(helper), workflowController(), agentController({ agents: [helper] })];
    chat = await serveChat({ controllers, store });
  });

  const keys = async (): Promise<string[]> =>
    (await store.admin!.listValues('alice', { limit: 1000 })).data.map(({ key }) => key);

  async function fill(lastOfAgent: ApiEvent[]): Promise<string> {
    server.will(sorted());
    const { events } = await chat.post(wire.create('workflow'));
    const threadId = threadIdOf({ events });
    await press(chat, threadId, widgetsIn(events)[0]!, 'confirm'); // keeps the state
    server.will(lastOfAgent);
    await chat.post(wire.say(threadId, 'agent'));
    server.will(sorted());
    await chat.post(wire.say(threadId, 'workflow'));
    await chat.post(wire.act(threadId, undefined, 'pay'));
    return threadId;
  }

  it.each([
    ['a run that waits', responding(functionCall('delete')), ['agents.approval', 'agents.approvals-of']],
    ['a response', saying('Well.'), ['agents.response']],
  ])('is deleted with it, %s too, and nothing of other threads', async (_what, lastOfAgent, ofAgent) => {
    const doomed = await fill(lastOfAgent);
    const kinds = kindsOf(await keys());
    const ofWorkflow = [
      'agents.workflow',
      'agents.workflow-notes',
      'agents.workflow-of',
      'agents.workflow-state',
    ];
    expect(kinds).toEqual([...ofAgent, ...ofWorkflow, 'once']);
    await fill(lastOfAgent);
    expect(await keys()).toHaveLength(2 * kinds.length);
    expect((await chat.post(wire.deleteThread(doomed))).status).toBe(200);
    expect(kindsOf(await keys())).toEqual(kinds);
    expect((await keys()).join()).not.toContain(doomed);
  });
});
