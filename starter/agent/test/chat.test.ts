import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryStore } from 'chatkit-controllers';
import { createClient, createThreadState, reduceThread } from 'chatkit-controllers/client';
import { chatkit } from 'chatkit-controllers/fetch';
import { createChat } from '../src/chat.js';
import { scriptedModel } from '../src/models.js';

const chat = chatkit(createChat(new MemoryStore(), scriptedModel));
const client = createClient({
  url: 'http://chat.test/chatkit', // no server is asked
  fetch: (url, init) => chat(new Request(url, init)),
});

test('a colour is picked by a click', async () => {
  let state = createThreadState();
  for await (const event of client.threads.create('Hello')) state = reduceThread(state, event);
  const card = state.items.find(({ type }) => type === 'widget')!;

  const action = { type: 'colour.pick', payload: { colour: 'red' } };
  const click = client.threads.action(state.thread!.id, action, { itemId: card.id });
  for await (const event of click) state = reduceThread(state, event);

  const last = state.items.at(-1)!;
  assert.equal(last.type === 'assistant_message' && last.content[0]!.text, 'You picked red.');
});
