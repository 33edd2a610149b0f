import { Agent } from '@openai/agents';
import { assistantMessage, ScriptedModel } from '@openai/agents/testing';
import type { ChatContext } from '../../src/context';
import { ChatController, OnMessage } from '../../src/decorators';
import { assistantMessage as says } from '../../src/events';
import { titleThread, type AgentLike, type TitleFor } from '../../src/agents';
import { serveChat, threadIdOf, type TestChat } from '../support/chat';
import * as wire from '../support/requests';
import { Latch, until } from '../support/wait';

function serve(by: TitleFor | AgentLike, waits = true): Promise<TestChat> {
  @ChatController()
  class Controller {
    @OnMessage()
    async *reply(_message: unknown, ctx: ChatContext) {
      const named = titleThread(ctx, by);
      yield says('Hello.');
      if (waits) await named;
    }
  }
  return serveChat({ controllers: [new Controller()] });
}

const titleOf = async (chat: TestChat, threadId: string) => (await chat.thread(threadId)).title;

describe('titleThread', () => {
  it('names a thread by a function of its message, and tells the page', async () => {
    const chat = await serve(({ content }) => `About ${content[0]!.text}`);
    const { events } = await chat.post(wire.create('jugs'));
    expect(events.at(-1)).toMatchObject({ type: 'thread.updated', thread: { title: 'About jugs' } });
    expect(await titleOf(chat, threadIdOf({ events }))).toBe('About jugs');
  });

  it('names it by an agent, and takes away what models put around a title', async () => {
    const model = new ScriptedModel([[assistantMessage('"Milk jugs.\n"')]]);
    const chat = await serve(new Agent({ name: 'titles', model }));
    const threadId = threadIdOf(await chat.post(wire.create('Which jugs do you have?')));
    expect(await titleOf(chat, threadId)).toBe('Milk jugs');
    expect(JSON.stringify(model.firstCall!.request.input)).toContain('Which jugs do you have?');
  });

  it('asks no agent about a message without text, but about the next one', async () => {
    const model = new ScriptedModel([[assistantMessage('Jugs')]]);
    const chat = await serve(new Agent({ name: 'titles', model }));
    const threadId = threadIdOf(await chat.post(wire.create(' ')));
    expect(await titleOf(chat, threadId)).toBeUndefined();
    await chat.post(wire.say(threadId, 'Which jugs do you have?'));
    expect(await titleOf(chat, threadId)).toBe('Jugs');
  });

  it('does not delay the answer, and names it in the store when the run is over', async () => {
    const answered = new Latch();
    const chat = await serve(async () => {
      await answered.opened;
      return 'Late';
    }, false);
    const { events } = await chat.post(wire.create('jugs'));
    const threadId = threadIdOf({ events });
    expect(await titleOf(chat, threadId)).toBeUndefined();
    answered.open();
    await until(async () => (await titleOf(chat, threadId)) === 'Late');
  });

  it('leaves a title that is there, also one that the user gives meanwhile', async () => {
    const asked = new Latch();
    const renamed = new Latch();
    const calls: string[] = [];
    const chat = await serve(async () => {
      calls.push('asked');
      asked.open();
      await renamed.opened;
      return 'Too late';
    });
    const stream = await chat.open(wire.create('jugs'));
    await stream.until(({ type }) => type === 'thread.created');
    const threadId = threadIdOf(stream);
    await asked.opened;
    await chat.post(wire.rename(threadId, 'Mine'));
    renamed.open();
    await stream.end();
    expect(await titleOf(chat, threadId)).toBe('Mine');
    await chat.post(wire.say(threadId, 'more'));
    expect(calls).toEqual(['asked']);
  });

  it('does not hold the thread when the client leaves, though it is awaited and does not look at its signal', async () => {
    const asked = new Latch();
    let isFirst = true;
    const chat = await serve(() => {
      if (!isFirst) return 'Jugs';
      isFirst = false;
      asked.open();
      return new Promise(() => undefined);
    });
    const stream = await chat.open(wire.create('jugs'));
    await asked.opened;
    await stream.until(({ type }) => type === 'thread.created');
    stream.leave();
    const threadId = threadIdOf(stream);
    await chat.post(wire.say(threadId, 'more'));
    expect(await titleOf(chat, threadId)).toBe('Jugs');
    expect(chat.logger.messages('warn')).toEqual([]);
  });

  it('logs what goes wrong, and the answer goes on', async () => {
    const chat = await serve(() => {
      throw new Error('Out of luck');
    });
    const { events } = await chat.post(wire.create('jugs'));
    expect(events.map(({ type }) => type)).not.toContain('error');
    expect(chat.logger.messages('warn')).toEqual(['the thread could not be named']);
  });
});
