import type { ChatContext, EventDraft } from '../../../src/context';
import { ChatController, OnMessage } from '../../../src/decorators';
import { notice, widget } from '../../../src/events';
import { answerFromText, AgentContext, type AnswerPart, type Source } from '../../../src/agents';
import type { ThreadStreamEvent } from '../../../src/protocol';
import { serveChat, textOf, threadIdOf, type TestChat } from '../../support/chat';
import * as wire from '../../support/requests';
import { Latch, until } from '../../support/wait';
import { outline } from '../support/chat';

function serve(
  source: Source<AnswerPart> | ((ctx: ChatContext) => AsyncIterable<EventDraft>),
): Promise<TestChat> {
  @ChatController()
  class Controller {
    @OnMessage()
    reply(_message: unknown, ctx: ChatContext) {
      return answerFromText(source as Source<AnswerPart>, ctx);
    }
  }
  return serveChat({ controllers: [new Controller()] });
}

async function* of(...parts: AnswerPart[]): AsyncGenerator<AnswerPart> {
  yield* parts;
}

const isDelta = (event: ThreadStreamEvent): boolean =>
  event.type === 'thread.item.updated' && 'delta' in event.update;
const message = (...deltas: string[]): string[] => [
  'added assistant_message',
  ...deltas.map((delta) => `“${delta}”`),
  'done assistant_message',
];

describe('any stream of text', () => {
  it('is a message', async () => {
    const chat = await serve(() => of('It', ' is.', ''));
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events).slice(1)).toEqual(message('It', ' is.'));
    expect((await chat.items(threadIdOf({ events }))).map(textOf)).toEqual(['Hello', 'It is.']);
  });

  it('says what its parts are', async () => {
    const source = { type: 'url', title: 'Jug', url: 'https://shop.example/jug' } as const;
    const chat = await serve(() =>
      of(
        { type: 'thought', text: 'Look' },
        { type: 'thought', text: 'ing' },
        { type: 'text', text: 'There: ' },
        { type: 'annotation', annotation: { type: 'annotation', source, index: 6 } },
        { type: 'event', event: notice('info', 'Noted') },
        { type: 'text', text: 'a jug.' },
        { type: 'event', event: widget({ type: 'Card', children: [] }) },
        'Nice, is it?',
      ),
    );
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events).slice(1)).toEqual([
      'added workflow',
      'workflow.task.added undefined',
      'workflow.task.updated undefined',
      'workflow.task.updated undefined',
      'done workflow',
      'added assistant_message',
      '“There: ”',
      'notice',
      '“a jug.”',
      'done assistant_message',
      'done widget',
      ...message('Nice, is it?'),
    ]);
    const [first] = (await chat.items(threadIdOf({ events }))).filter(
      ({ type }) => type === 'assistant_message',
    );
    expect(first).toMatchObject({
      content: [{ text: 'There: a jug.', annotations: [{ source, index: 6 }] }],
    });
  });

  it.each<[string, () => AsyncIterable<AnswerPart>]>([
    ['an error among its parts', () => of('It is', { type: 'error', error: new Error('Out of luck') })],
    ['an abort among its parts', () => of('It is', { type: 'abort' })],
    [
      'what it throws',
      async function* () {
        yield 'It is';
        throw new Error('Out of luck');
      },
    ],
  ])('has failed by %s, and what was shown is kept', async (_, source) => {
    const chat = await serve(source);
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events).slice(1)).toEqual(['added assistant_message', '“It is”', 'error stream.error']);
    expect((await chat.items(threadIdOf({ events }))).map(textOf).slice(0, 2)).toEqual(['Hello', 'It is']);
  });

  it('is stopped by its signal, and left at once, when the client leaves', async () => {
    const stopped = new Latch();
    const chat = await serve(async function* (signal: AbortSignal) {
      signal.addEventListener('abort', () => stopped.open());
      yield 'It is';
      await new Promise(() => undefined); // it does not look at its signal here
    });
    const stream = await chat.open(wire.create('Hello'));
    await stream.until(isDelta);
    const threadId = threadIdOf(stream);
    stream.leave();
    await stopped.opened;
    // Its thread is free at once.
    await chat.post(wire.rename(threadId, 'Left'));
    const items = chat.post(wire.listItems(threadId));
    expect((await items).text).toContain('It is');
  });

  it('is left at once when the client leaves before it has come, and closed when it comes', async () => {
    const [asked, late, closed] = [new Latch(), new Latch(), new Latch()];
    let isFirst = true;
    const chat = await serve(async (): Promise<AsyncIterable<AnswerPart>> => {
      if (!isFirst) return of('There.');
      isFirst = false;
      asked.open();
      await late.opened; // it does not look at its signal
      return {
        [Symbol.asyncIterator]: () => ({
          next: () => new Promise<never>(() => undefined),
          return: async () => {
            closed.open();
            return { done: true as const, value: undefined };
          },
        }),
      };
    });
    const stream = await chat.open(wire.create('Hello'));
    await asked.opened;
    await stream.until(({ type }) => type === 'thread.created');
    stream.leave();
    const { events } = await chat.post(wire.say(threadIdOf(stream), 'Are you there?'));
    expect(outline(events).slice(1)).toEqual(message('There.'));
    expect(chat.logger.messages('warn')).toEqual([]); // it was not waited for
    late.open();
    await closed.opened;
  });

  it('leaves no task loading when the client leaves', async () => {
    @ChatController()
    class Controller {
      @OnMessage()
      reply(_message: unknown, ctx: ChatContext) {
        const context = new AgentContext(ctx);
        async function* source(): AsyncGenerator<string> {
          yield '';
          await context.addWorkflowTask({ type: 'custom', title: 'Looking', status_indicator: 'loading' });
          await context.streamWidget({ type: 'Card', children: [] });
          await new Promise(() => undefined);
        }
        return answerFromText(source(), context);
      }
    }
    const chat = await serveChat({ controllers: [new Controller()] });
    const stream = await chat.open(wire.create('Hello'));
    await stream.until((event) => event.type === 'thread.item.done' && event.item.type === 'widget');
    const tasks = async () =>
      (await chat.items(threadIdOf(stream))).flatMap((item) =>
        item.type === 'workflow' ? item.workflow.tasks : [],
      );
    expect(await tasks()).toMatchObject([{ status_indicator: 'loading' }]);
    stream.leave();
    await until(async () => (await tasks())[0]!.status_indicator === 'none', 'the task to be settled');
  });

  it('lets other code send between, through a context', async () => {
    @ChatController()
    class Controller {
      @OnMessage()
      reply(_message: unknown, ctx: ChatContext) {
        const context = new AgentContext(ctx);
        async function* source(): AsyncGenerator<string> {
          yield 'Let me show you.';
          await context.streamWidget({ type: 'Card', children: [] });
          yield ' There.';
        }
        return answerFromText(source(), context);
      }
    }
    const chat = await serveChat({ controllers: [new Controller()] });
    const { events } = await chat.post(wire.create('Hello'));
    expect(outline(events).slice(1)).toEqual([
      'added assistant_message',
      '“Let me show you.”',
      'done widget',
      '“ There.”',
      'done assistant_message',
    ]);
  });
});
