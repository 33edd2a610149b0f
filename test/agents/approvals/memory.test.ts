import { Agent, tool, type Tool } from '@openai/agents';
import { z } from 'zod';
import { agentContext, agentController, runAgent, type MemoryOptions } from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnMessage } from '../../../src/decorators';
import { serveChat, threadIdOf, type TestChat } from '../../support/chat';
import * as wire from '../../support/requests';
import { functionCall, message, reasoning, type ApiEvent } from '../golden/stream';
import { ask, press, widgetsIn, type Button } from '../support/approvals';
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
  return serveTools([find, remove], options, ...scripts);
}

async function serveTools(tools: Tool[], options: MemoryOptions, ...scripts: ApiEvent[][]) {
  const server = (await OpenAiServer.start()).will(...scripts);
  const agent = new Agent({ name: 'test', model: responsesModel(server), tools });
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

describe('the next run is accepted at once', () => {
  const settings: [string, MemoryOptions][] = [
    ['neither', {}],
    ['previousResponseId', { previousResponseId: true }],
    ["remember: 'run'", { remember: 'run' }],
    ['both', { previousResponseId: true, remember: 'run' }],
  ];
  const remove = (callId: string, index: number) =>
    functionCall('delete', { callId, id: `fc_${callId}`, index });
  const asking = responding(
    reasoning([['Delete them']], { id: 'rs_2' }),
    message(['Shall I?'], { index: 1 }),
    functionCall('find', { callId: 'call_2', id: 'fc_2', index: 2 }),
    remove('call_3', 3),
    remove('call_4', 4),
  );
  const finding = responding(reasoning([['Find it']]), functionCall('find', { index: 1 }));
  const outcomes: [string, Button[], string[]][] = [
    ['the user has accepted', ['confirm', 'confirm'], ['deleted', 'deleted']],
    ['the user has declined', ['cancel', 'cancel'], ['declined', 'declined']],
    ['the user has declined one of two', ['cancel', 'confirm'], ['declined', 'deleted']],
    ['the approval has expired', [], []],
    ['the approval of one of two has expired', ['confirm'], []],
  ];
  const cases = outcomes.flatMap(([outcome, buttons, outputs]) =>
    settings.map(([name, options]) => [outcome, name, buttons, outputs, options] as const),
  );

  it.each(cases)('where %s, with %s', async (_, __, buttons, outputs, options) => {
    const isOver = buttons.length === 2;
    const { server, chat } = await serve(
      options,
      responding(message(['Hello.'])),
      finding,
      asking,
      ...(isOver
        ? [responding(reasoning([['Say it']], { id: 'rs_3' }), message(['So.'], { index: 1 }))]
        : []),
      responding(message(['Two.'])),
      responding(message(['Three.'])),
    );
    const threadId = threadIdOf(await chat.post(wire.create('0')));
    const widgets = widgetsIn((await chat.post(wire.say(threadId, '1'))).events);
    expect(widgets).toHaveLength(2);
    for (const [index, button] of buttons.entries()) await press(chat, threadId, widgets[index]!, button);
    for (const text of ['2', '3']) {
      const { events } = await chat.post(wire.say(threadId, text));
      expect(outline(events)).toContain('done assistant_message');
    }
    expect(server.exchanges).toHaveLength(isOver ? 6 : 5); // none was refused
    const next = server.exchanges.at(-2)!.body;
    expect(next.previous_response_id).toBe(isOver && options.previousResponseId ? 'resp_4' : undefined);
    const isKept = isOver && options.remember === 'run' && options.previousResponseId !== true;
    const told = next.input!.flatMap(({ type, output }) =>
      type === 'function_call_output' ? String(output) : [],
    );
    expect(told).toEqual(
      isKept ? ['found', 'found', ...outputs].map((each) => expect.stringContaining(each) as unknown) : [],
    );
  });

  it.each(settings)('where the client has left while the approved tool ran, with %s', async (_, options) => {
    const hanging = tool({
      name: 'delete',
      description: 'Never ends.',
      parameters: z.object({}),
      needsApproval: true,
      async execute(__, run) {
        await agentContext(run).progress('Deleting');
        await new Promise(() => undefined);
      },
    });
    const { server, chat } = await serveTools(
      [hanging],
      options,
      responding(message(['Hello.'])),
      responding(reasoning([['Delete it']]), functionCall('delete', { index: 1 })),
      responding(message(['Two.'])),
    );
    const threadId = threadIdOf(await chat.post(wire.create('0')));
    const [asked] = widgetsIn((await chat.post(wire.say(threadId, '1'))).events);
    const { action } = asked!.widget['confirm'] as { action: { type: string; payload: object } };
    const stream = await chat.open(wire.act(threadId, asked!.id, action.type, action.payload));
    await stream.until(({ type }) => type === 'progress_update');
    stream.leave();
    const { events } = await chat.post(wire.say(threadId, '2'));
    expect(outline(events)).toContain('done assistant_message');
    expect(server.exchanges).toHaveLength(3); // none was refused
    expect(JSON.stringify(server.last.body.input)).not.toContain('function_call');
    expect(outline(await press(chat, threadId, asked!, 'confirm'))).toEqual(['notice']);
  });
});
