import { Agent, tool } from '@openai/agents';
import { z } from 'zod';
import { agentController, runAgent, type MemoryOptions } from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnMessage } from '../../../src/decorators';
import { serveChat, threadIdOf, type TestChat } from '../../support/chat';
import * as wire from '../../support/requests';
import { functionCall, message, reasoning, type ApiEvent } from '../golden/stream';
import { ask, press, widgetsIn } from '../support/approvals';
import { outline, responsesModel } from '../support/chat';
import { OpenAiServer } from '../support/openai-server';
import { responding } from '../support/scripts';

const find = tool({
  name: 'find',
  description: 'Finds a thing.',
  parameters: z.object({}),
  execute: () => 'found',
});
const remove = tool({
  name: 'delete',
  description: 'Deletes a thing.',
  parameters: z.object({}),
  needsApproval: true,
  execute: () => 'deleted',
});

async function serve(options: MemoryOptions, ...scripts: ApiEvent[][]) {
  const server = (await OpenAiServer.start()).will(...scripts);
  const agent = new Agent({ name: 'test', model: responsesModel(server), tools: [find, remove] });
  @ChatController()
  class Controller {
    @OnMessage()
    reply(_message: unknown, ctx: ChatContext) {
      return runAgent(agent, ctx, options);
    }
  }
  const controllers = [new Controller(), agentController({ agents: [agent], ...options })];
  const chat: TestChat = await serveChat({ controllers });
  return { server, chat };
}

const typesSent = ({ last }: OpenAiServer): unknown[] =>
  last.body.input!.map(({ type, role, output }) => output ?? type ?? role);

describe('a run that has waited for approval', () => {
  it("is remembered whole, with remember: 'run'", async () => {
    const { server, chat } = await serve(
      { remember: 'run' },
      responding(reasoning([['Find it']]), functionCall('find', { callId: 'call_0', id: 'fc_0', index: 1 })),
      responding(
        reasoning([['Delete it']], { id: 'rs_2' }),
        message(['Shall I?'], { index: 1 }),
        functionCall('delete', { index: 2 }),
      ),
      responding(reasoning([['Say it']], { id: 'rs_3' }), message(['Done.'], { index: 1 })),
      responding(message(['Two.'])),
    );
    const { threadId, widgets } = await ask(chat);
    await press(chat, threadId, widgets[0]!, 'confirm');
    const { events } = await chat.post(wire.say(threadId, '2'));
    expect(outline(events)).toContain('done assistant_message');
    expect(server.exchanges).toHaveLength(4); // accepted at once
    expect(typesSent(server)).toEqual([
      'user',
      'user', // the widget
      'reasoning',
      'function_call',
      'found',
      'reasoning',
      'message',
      'function_call',
      'deleted',
      'reasoning',
      'message',
      'user',
    ]);
  });

  it('sends only what is new, with previousResponseId, when it goes on and after that', async () => {
    const { server, chat } = await serve(
      { previousResponseId: true },
      responding(message(['One.'])),
      responding(message(['Shall I?']), functionCall('delete', { index: 1 })),
      responding(message(['Done.'])),
      responding(message(['Two.'])),
    );
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    const { events } = await chat.post(wire.say(threadId, '2'));
    expect(server.last.body.previous_response_id).toBe('resp_1');
    await press(chat, threadId, widgetsIn(events)[0]!, 'confirm');
    expect(server.last.body.previous_response_id).toBe('resp_2');
    expect(typesSent(server)).toEqual(['deleted']);
    await chat.post(wire.say(threadId, '3'));
    expect(server.last.body.previous_response_id).toBe('resp_3');
    expect(typesSent(server)).toEqual(['user']);
  });
});
