import { AgentContext, answerFromAiSdk, answerFromResponses, type ShowActivity } from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnMessage } from '../../../src/decorators';
import { widget } from '../../../src/events';
import { serveChat, threadIdOf, type TestChat } from '../../support/chat';
import * as wire from '../../support/requests';
import { until } from '../../support/wait';
import { api, created } from '../golden/stream';
import { apiEvents, responding } from '../support/scripts';

const toolActivity: ShowActivity = ({ name }) => ({ task: { type: 'custom', title: name } });

interface Part {
  type: string;
  [field: string]: unknown;
}

/** A stream of these parts, which fails or hangs at its end if told so. */
async function* streamOf(parts: readonly Part[], end?: 'fails' | 'hangs'): AsyncGenerator<Part, void> {
  yield* parts;
  if (end === 'fails') throw new Error('Out of luck');
  if (end === 'hangs') await new Promise(() => undefined);
}

const started: Part[] = [
  { type: 'start' },
  { type: 'tool-call', toolCallId: 'call_1', toolName: 'where', input: {} },
];
const search = { id: 'ws_1', type: 'web_search_call', status: 'in_progress' };
const searching = api('output_item.added', { output_index: 0, item: search });

const answers = {
  'the AI SDK': {
    answer: answerFromAiSdk,
    whole: [...started, { type: 'finish-step', finishReason: 'tool-calls' }, { type: 'finish' }],
    begun: started,
  },
  Responses: {
    answer: answerFromResponses,
    whole: responding(searching),
    begun: apiEvents([created(), searching]),
  },
};

describe.each(Object.entries(answers))('a tool that has no end, by %s,', (_, { answer, whole, begun }) => {
  async function serve(parts: readonly Part[], end?: 'fails' | 'hangs'): Promise<TestChat> {
    @ChatController()
    class Controller {
      @OnMessage()
      reply(_message: unknown, ctx: ChatContext) {
        const context = new AgentContext(ctx);
        async function* source(): AsyncGenerator<Part, void> {
          yield* parts.slice(0, 2);
          await context.stream(widget({ type: 'Card', children: [] }));
          yield* streamOf(parts.slice(2), end);
        }
        return answer(source, context, { toolActivity });
      }
    }
    return serveChat({ controllers: [new Controller()] });
  }
  const indicators = async (chat: TestChat, threadId: string) =>
    (await chat.items(threadId)).flatMap((item) =>
      item.type === 'workflow' ? item.workflow.tasks.map(({ status_indicator }) => status_indicator) : [],
    );

  it('is not shown any more after the answer', async () => {
    const chat = await serve(whole);
    const threadId = threadIdOf(await chat.post(wire.create('Where?')));
    expect(await indicators(chat, threadId)).toEqual([]);
  });

  it('does not stay loading after an error', async () => {
    const chat = await serve(begun, 'fails');
    const threadId = threadIdOf(await chat.post(wire.create('Where?')));
    expect(await indicators(chat, threadId)).toEqual(['none']);
  });

  it('does not stay loading after the client has left', async () => {
    const chat = await serve(begun, 'hangs');
    const stream = await chat.open(wire.create('Where?'));
    await stream.until((event) => event.type === 'thread.item.done' && event.item.type === 'widget');
    stream.leave();
    const threadId = threadIdOf(stream);
    await until(async () => (await indicators(chat, threadId))[0] === 'none', 'the task to be settled');
  });
});
