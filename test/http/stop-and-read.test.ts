import { Agent, request } from 'node:http';
import { assistantMessageStream, ChatController, OnMessage, type ThreadItem } from '../../src';
import { MemoryStore } from '../../src/stores';
import { serveChat, textOf, threadIdOf, type TestChat, type TestChatOptions } from '../support/chat';
import { interfere, slow } from '../support/failing-store';
import * as wire from '../support/requests';
import { Latch, until } from '../support/wait';

@ChatController()
class Talking {
  @OnMessage()
  reply() {
    return assistantMessageStream(
      (async function* () {
        yield 'Half of ';
        yield 'the answer';
        await new Promise(() => undefined);
      })(),
    );
  }
}

/** Sends by a connection of this agent, and hands out the answer as it comes. */
function send(
  chat: TestChat,
  agent: Agent,
  body: unknown,
  onData: (text: string) => void,
  onEnd: () => void,
) {
  const sent = request(chat.url, {
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json', 'x-user-id': 'alice' },
  });
  sent.on('error', () => undefined);
  sent.on('response', (response) => {
    response.on('error', () => undefined);
    response.setEncoding('utf8').on('data', onData).on('end', onEnd);
  });
  sent.end(JSON.stringify(body));
  return sent;
}

function answerTo(chat: TestChat, agent: Agent, body: unknown): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    send(
      chat,
      agent,
      body,
      (part) => (text += part),
      () => resolve(text),
    );
  });
}

test.each([
  ['a store that answers at once', () => new MemoryStore()],
  ['a store that answers later', () => slow(new MemoryStore())],
])('a client that stops a run and reads its thread at once finds what it saw, with %s', async (_, store) => {
  const chat = await serveChat({ controllers: [Talking], store: store() });
  const agent = new Agent({ keepAlive: true });
  const missed: string[] = [];
  for (let round = 0; round < 40; round += 1) {
    await answerTo(chat, agent, wire.listThreads()); // a connection is open, and idle
    const read = await new Promise<string>((resolve) => {
      let seen = '';
      const streaming = send(
        chat,
        new Agent(),
        wire.create(),
        (part) => {
          seen += part;
          if (!seen.includes('the answer')) return;
          const [, threadId = ''] = /"thread":\{"id":"([^"]+)"/.exec(seen) ?? [];
          seen = '';
          streaming.destroy();
          resolve(
            answerTo(chat, agent, round % 2 === 0 ? wire.getThread(threadId) : wire.listItems(threadId)),
          );
        },
        () => undefined,
      );
    });
    const page = JSON.parse(read) as { items?: { data: ThreadItem[] }; data: ThreadItem[] };
    const texts = (page.items?.data ?? page.data).map(textOf);
    if (!texts.includes('Half of the answer')) missed.push(read);
  }
  agent.destroy();
  expect(missed).toEqual([]);
});

/** A run that was stopped, and whose text the store is still to keep. */
async function stopping(options: Partial<TestChatOptions> = {}) {
  const kept = new Latch();
  let isKeeping = false;
  let hasLeft = false;
  const store = interfere(new MemoryStore(), async ({ method }, proceed) => {
    if (hasLeft && method === 'saveItem') {
      isKeeping = true;
      await kept.opened;
    }
    return proceed();
  });
  const chat = await serveChat({ controllers: [Talking], store, ...options });
  const stream = await chat.open(wire.create());
  await stream.until((event) => JSON.stringify(event).includes('the answer'));
  hasLeft = true;
  stream.leave();
  await until(() => isKeeping);
  return { chat, kept, threadId: threadIdOf(stream) };
}

test('what is read of a thread waits for a store that takes its time to keep what was shown', async () => {
  const { chat, kept, threadId } = await stopping();
  const reading = chat.post(wire.listItems(threadId));
  for (let count = 0; count < 5; count += 1) await chat.post(wire.listThreads()); // these do not wait
  kept.open();
  const { json } = await reading;
  expect((json['data'] as ThreadItem[]).map(textOf)).toContain('Half of the answer');
});

test('with reject a message waits for a run that is being stopped, and is not refused', async () => {
  const { chat, kept, threadId } = await stopping({ threads: { concurrency: 'reject' } });
  const answering = chat.open(wire.say(threadId));
  await chat.post(wire.listThreads());
  kept.open();
  const next = await answering;
  expect(next.response.status).toBe(200);
  next.leave();
});
