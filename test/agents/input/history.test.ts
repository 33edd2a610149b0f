import { Agent, tool } from '@openai/agents';
import { z } from 'zod';
import { runAgent, type RunAgentOptions } from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnAction, OnMessage } from '../../../src/decorators';
import { hiddenContext } from '../../../src/events';
import { serveChat, threadIdOf } from '../../support/chat';
import * as wire from '../../support/requests';
import { api, functionCall, message } from '../golden/stream';
import { responsesModel } from '../support/chat';
import { OpenAiServer } from '../support/openai-server';
import { responding } from '../support/scripts';

const LONG = 'x'.repeat(4000); // about 1,000 tokens

const find = tool({
  name: 'find',
  description: 'Finds something.',
  parameters: z.object({}),
  execute: () => LONG,
});

const inputOf = (server: OpenAiServer): string[] =>
  server.last.body.input!.map(({ type, content, output }) => JSON.stringify(content ?? output ?? type));
const containing = (...texts: string[]): unknown[] =>
  texts.map((text) => expect.stringContaining(text) as unknown);

describe('a run that is remembered, as the newest item of the thread,', () => {
  /** What an action reads after a turn in which a tool was called. */
  async function readBy(options: RunAgentOptions): Promise<string[]> {
    const server = (await OpenAiServer.start()).will(
      responding(functionCall('find')),
      responding(message(['One.'])),
      responding(message(['Two.'])),
    );
    const agent = new Agent({ name: 'test', model: responsesModel(server), tools: [find] });
    @ChatController()
    class Controller {
      @OnMessage()
      reply(_message: unknown, ctx: ChatContext) {
        return runAgent(agent, ctx, { remember: 'run' });
      }
      @OnAction('go', { payload: 'unchecked' })
      go(_payload: unknown, ctx: ChatContext) {
        return runAgent(agent, ctx, options);
      }
    }
    const chat = await serveChat({ controllers: [new Controller()] });
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    await chat.post(wire.act(threadId, undefined, 'go', {}));
    return inputOf(server);
  }

  it('does not count as an item', async () => {
    const whole = containing('function_call', LONG, 'One.');
    expect(await readBy({ remember: 'run', history: { maxItems: 1 } })).toEqual(whole);
    expect(await readBy({ history: { maxItems: 1 } })).toEqual(containing('One.'));
  });

  it('is left out if it has too many tokens, and its messages stay', async () => {
    expect(await readBy({ remember: 'run', history: { maxTokens: 500 } })).toEqual(containing('"1"', 'One.'));
    expect(await readBy({ remember: 'run', history: { maxTokens: 1 } })).toEqual(containing('One.'));
    expect(await readBy({ remember: 'run', history: { maxTokens: 5000 } })).toHaveLength(4);
  });
});

/** A chat whose model says “One.”, then “Two.”. */
async function serve(answer: (ctx: ChatContext, agent: Agent) => ReturnType<typeof runAgent>) {
  const server = (await OpenAiServer.start()).will(
    responding(message(['One.'])),
    responding(message(['Two.'])),
  );
  const agent = new Agent({ name: 'test', model: responsesModel(server) });
  @ChatController()
  class Controller {
    @OnMessage()
    reply(_message: unknown, ctx: ChatContext) {
      return answer(ctx, agent);
    }
  }
  return { server, chat: await serveChat({ controllers: [new Controller()] }) };
}

describe('a message to answer that is older than the newest items', () => {
  it('is read before them, and none of them is read again', async () => {
    const options = { previousResponseId: true, history: { maxItems: 2 } };
    const { server, chat } = await serve(async function* (ctx, agent) {
      for (const note of ['a', 'b', 'c']) yield hiddenContext(`note ${note}`);
      yield* runAgent(agent, ctx, options);
    });
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    expect(inputOf(server)).toEqual(containing('"1"', 'note b', 'note c'));
    await chat.post(wire.say(threadId, '2'));
    expect(inputOf(server)).toEqual(containing('"2"', 'note a', 'note b', 'note c'));
  });

  it('is not told twice to a model that has read it', async () => {
    const { server, chat } = await serve(async function* (ctx, agent) {
      yield* runAgent(agent, ctx, { previousResponseId: true });
      yield hiddenContext('Say more.');
      yield* runAgent(agent, ctx, { previousResponseId: true });
    });
    await chat.post(wire.create('1'));
    expect(server.last.body.previous_response_id).toBe('resp_1');
    expect(inputOf(server)).toEqual(containing('Say more.'));
  });
});

describe('the tokens of an image', () => {
  it('are estimated at 1,000, not by the length of its data: URL', async () => {
    const image = { id: 'ig_1', type: 'image_generation_call', status: 'completed', result: LONG.repeat(10) };
    const server = (await OpenAiServer.start()).will(
      responding(api('output_item.done', { output_index: 0, item: image }), message(['One.'], { index: 1 })),
      responding(message(['Two.'])),
      responding(message(['Three.'])),
    );
    const agent = new Agent({ name: 'test', model: responsesModel(server) });
    let maxTokens = 1500;
    @ChatController()
    class Controller {
      @OnMessage()
      reply(_message: unknown, ctx: ChatContext) {
        return runAgent(agent, ctx, { history: { maxTokens } });
      }
    }
    const chat = await serveChat({ controllers: [new Controller()] });
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    await chat.post(wire.say(threadId, '2'));
    expect(inputOf(server)).toEqual(containing('"1"', 'generated', 'One.', '"2"'));
    maxTokens = 1000;
    await chat.post(wire.say(threadId, '3'));
    expect(inputOf(server)).toEqual(containing('One.', '"2"', 'Two.', '"3"'));
  });
});

describe('history with maxItems: 0', () => {
  it('is empty, but for the message to answer', async () => {
    const { server, chat } = await serve((ctx, agent) => runAgent(agent, ctx, { history: { maxItems: 0 } }));
    const threadId = threadIdOf(await chat.post(wire.create('1')));
    await chat.post(wire.say(threadId, '2'));
    expect(inputOf(server)).toEqual(containing('"2"'));
  });
});
