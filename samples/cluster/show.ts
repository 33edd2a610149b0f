import { setTimeout as sleep } from 'node:timers/promises';
import type { ThreadItem } from 'chatkit-controllers';
import { createClient, type ChatKitClient, type EventStream } from 'chatkit-controllers/client';
import type { Cluster } from './cluster';

/** Shows by one thread what several processes do for a user. */
export async function show(chatUrl: string, cluster: Cluster): Promise<void> {
  const chat = createClient({ url: chatUrl }); // it knows the proxy alone
  const threadId = await messagesOfOneThread(chat, cluster.members.length);
  await clientLeaves(chat, threadId, cluster);
  await processIsKilled(chat, threadId, cluster);
}

async function messagesOfOneThread(chat: ChatKitClient, count: number): Promise<string> {
  console.log('\n1. Each message of one thread goes to the next process:');
  let threadId = '';
  for (let number = 1; number <= count; number += 1) {
    const text = `message ${String(number)}`;
    const stream = threadId === '' ? chat.threads.create(text) : chat.threads.addUserMessage(threadId, text);
    for await (const event of stream) {
      if (event.type === 'thread.created') threadId = event.thread.id;
      if (event.type === 'thread.item.done')
        for (const answer of textOf(event.item)) tell(firstSentence(answer));
    }
  }
  return threadId;
}

async function clientLeaves(chat: ChatKitClient, threadId: string, { members }: Cluster): Promise<void> {
  console.log('\n2. The client leaves in the middle of an answer:');
  let shown = '';
  for await (shown of growing(chat.threads.addUserMessage(threadId, 'I leave'))) {
    if (wordsIn(shown) === 10) break; // closes the connection
  }
  tell(`It has read: ${shown}…`);
  await chat.threads.addUserMessage(threadId, 'I am back').collect(); // waits for its turn, at another process
  for (const { name, url } of members) {
    const whole = (await answers(createClient({ url }), threadId)).find((text) => text.startsWith(shown));
    tell(`After a reload ${name} shows: …${end(whole)}`);
  }
}

async function processIsKilled(chat: ChatKitClient, threadId: string, cluster: Cluster): Promise<void> {
  console.log('\n3. The process is killed (kill -9) in the middle of an answer:');
  let shown = '';
  try {
    for await (shown of growing(chat.threads.addUserMessage(threadId, 'I break off'))) {
      if (wordsIn(shown) === 30) await cluster.kill(shown.split(' answers')[0] ?? '');
    }
  } catch (error) {
    tell(`The client is told: ${String(error)}`);
  }
  tell(`It has read: …${end(shown)}`);
  tell('The others store what is left of the answer when the lease of that process has expired (15 s) …');
  const kept = async () => (await answers(chat, threadId)).find((text) => text.includes('“I break off”'));
  let text = await kept();
  for (; text === undefined; text = await kept()) await sleep(1000);
  tell(`After a reload the thread shows: …${end(text)}`);
  await chat.threads.addUserMessage(threadId, 'And now?').collect();
  tell(firstSentence((await answers(chat, threadId)).at(-1)));
}

/** The text of the answer that streams, each time that it has grown. */
async function* growing(stream: EventStream): AsyncGenerator<string> {
  let text = '';
  for await (const event of stream) {
    if (event.type !== 'thread.item.updated') continue;
    if (event.update.type !== 'assistant_message.content_part.text_delta') continue;
    text += event.update.delta;
    yield text;
  }
}

/** What the assistant has said in a thread, as a page gets it when it is loaded anew. */
async function answers(chat: ChatKitClient, threadId: string): Promise<string[]> {
  const { data } = await chat.items.list(threadId, { limit: 100, order: 'asc' });
  return data.flatMap(textOf);
}

function textOf(item: ThreadItem): string[] {
  return item.type === 'assistant_message' ? [item.content.map(({ text }) => text).join('')] : [];
}

const tell = (line: string): void => console.log(`   ${line}`);
const wordsIn = (text: string): number => text.split(' ').length;
const firstSentence = (text = ''): string => text.slice(0, text.indexOf('.') + 1);
const end = (text = 'nothing'): string => text.slice(-40);
