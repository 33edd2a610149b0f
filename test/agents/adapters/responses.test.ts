import OpenAI from 'openai';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnMessage } from '../../../src/decorators';
import { answerFromResponses } from '../../../src/agents';
import type { ThreadStreamEvent } from '../../../src/protocol';
import { serveChat, textOf, threadIdOf, type TestChat } from '../../support/chat';
import * as wire from '../../support/requests';
import { Latch } from '../../support/wait';
import { message, reasoning, type ApiEvent } from '../golden/stream';
import { outline } from '../support/chat';
import { OpenAiServer, type Script } from '../support/openai-server';
import { beginning, responding } from '../support/scripts';

function serve(server: OpenAiServer): Promise<TestChat> {
  const client = server.client(OpenAI);
  @ChatController()
  class Controller {
    @OnMessage()
    reply(_message: unknown, ctx: ChatContext) {
      const request = {
        model: 'gpt-test',
        input: [{ role: 'user', content: 'Hello' }],
        stream: true,
      } as const;
      return answerFromResponses(
        (signal) => client.responses.create({ ...request, input: [...request.input] }, { signal }),
        ctx,
      );
    }
  }
  return serveChat({ controllers: [new Controller()] });
}

const isDelta = (event: ThreadStreamEvent): boolean =>
  event.type === 'thread.item.updated' && 'delta' in event.update;

describe('a stream of the Responses API', () => {
  it('is converted without the Agents SDK', async () => {
    const server = (await OpenAiServer.start()).will(
      responding(reasoning([['Hm']]), message(['It', ' is.'], { index: 1 })),
    );
    const chat = await serve(server);
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events).slice(-5)).toEqual([
      'done workflow',
      'added assistant_message',
      '“It”',
      '“ is.”',
      'done assistant_message',
    ]);
  });

  const failed: ApiEvent = {
    type: 'response.failed',
    response: { status: 'failed', error: { code: 'server_error', message: 'Out of luck' }, output: [] },
  };
  const incomplete: ApiEvent = {
    type: 'response.incomplete',
    response: { status: 'incomplete', incomplete_details: { reason: 'content_filter' }, output: [] },
  };
  it.each<[string, Script['events'], Script['end']]>([
    ['it fails', [failed], 'well'],
    ['it is incomplete', [incomplete], 'well'],
    ['it sends an error', [{ type: 'error', code: 'server_error', message: 'Out of luck' }], 'well'],
    ['it ends without an end', [], 'well'],
    ['its connection breaks', [], 'broken'],
  ])('is an answer that failed where %s', async (_, tail, end = 'well') => {
    const shown = new Latch();
    const text = beginning(message(['It is'])).slice(0, 4);
    const server = (await OpenAiServer.start()).will({
      events: [...text, { until: shown.opened }, ...tail],
      end,
    });
    const chat = await serve(server);
    const stream = await chat.open(wire.create('Hello'));
    await stream.until(isDelta);
    shown.open();
    const events = await stream.end();
    expect(outline(events).slice(1)).toEqual(['added assistant_message', '“It is”', 'error stream.error']);
    expect((await chat.items(threadIdOf({ events }))).map(textOf).slice(0, 2)).toEqual(['Hello', 'It is']);
  });

  it('is closed when the client leaves', async () => {
    const server = (await OpenAiServer.start()).will({
      events: beginning(message(['It is'])).slice(0, 4),
      end: 'never',
    });
    const chat = await serve(server);
    const stream = await chat.open(wire.create('Hello'));
    await stream.until(isDelta);
    stream.leave();
    await server.last.left;
  });
});
