import { ChatController, OnMessage, assistantMessage, assistantMessageStream } from '../../src';
import { testChat } from '../../src/testing';
import { Shop, signing } from './shop';

describe('a client that hangs up', () => {
  it('leaves after the event that the test names, and the handler gets no further', async () => {
    const shop = new Shop();
    const chat = testChat({ controllers: [shop], signing });
    const { events, messages, items, hiddenContext } = await chat.send('count', { hangUpAfter: 5 });
    expect(events).toHaveLength(5); // thread.created, the user's message, stream_options, 1, 2
    expect(messages).toEqual(['1', '2']);
    expect(shop.ran).toEqual(['1', '2', 'ended']);
    expect(items.filter(({ type }) => type === 'assistant_message')).toHaveLength(2);
    expect(hiddenContext).toMatchObject([{ type: 'sdk_hidden_context' }]);
    expect((await chat.send('hello')).error).toBeUndefined();
  });

  it('has what was shown of a message stored', async () => {
    @ChatController()
    class Slow {
      @OnMessage()
      reply() {
        return assistantMessageStream(['Once ', 'upon ', 'a time']);
      }
    }
    const chat = testChat({ controllers: [Slow] });
    const { thread, items } = await chat.send('tell', { hangUpAfter: 7 });
    const told = { content: [{ text: 'Once upon ' }] };
    expect(thread.items.at(-1)).toMatchObject(told);
    expect(items.find(({ type }) => type === 'assistant_message')).toMatchObject(told);
    expect(thread.pendingItemIds).toEqual([]);
  });

  it('gets a result when a run that goes on without it has ended', async () => {
    const shop = new Shop();
    const chat = testChat({ controllers: [shop], signing, onDisconnect: 'finish' });
    const { messages, items } = await chat.send('count', { hangUpAfter: 4 });
    expect(messages).toEqual(['1']);
    expect(shop.ran).toEqual(['1', '2', '3', '4', 'ended']);
    expect(items).toHaveLength(5);
  });

  it('must have something to leave', async () => {
    const chat = testChat({ controllers: [new Shop()], signing });
    await expect(chat.send('hello', { hangUpAfter: 9 })).rejects.toThrow(
      'The run ended after 5 event(s), before the client hung up after 9: thread.created,',
    );
    await expect(chat.send('hello', { hangUpAfter: 0 })).rejects.toThrow('hangUpAfter is 0');
  });
});

describe('a slow client', () => {
  it('makes the handler wait: it is one event ahead at most', async () => {
    const shop = new Shop();
    const chat = testChat({ controllers: [shop], signing });
    const ahead: number[] = [];
    const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    const { messages } = await chat.send('count', {
      slow: async (_, count) => {
        for (let turns = 0; turns < 5; turns += 1) await turn();
        ahead.push(shop.ran.filter((each) => each !== 'ended').length - Math.max(0, count - 3));
      },
    });
    expect(messages).toEqual(['1', '2', '3', '4']);
    expect(Math.max(...ahead)).toBeLessThanOrEqual(1);
  });

  it('reads all there is, with a turn of the event loop for each event', async () => {
    @ChatController()
    class Fast {
      @OnMessage()
      *reply() {
        for (let count = 0; count < 200; count += 1) yield assistantMessage(String(count));
      }
    }
    const { messages } = await testChat({ controllers: [Fast] }).send('go', { slow: true });
    expect(messages).toHaveLength(200);
  });
});
