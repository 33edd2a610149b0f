import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { MemoryStore } from 'chatkit-controllers';
import {
  createClient,
  createThreadState,
  reduceThread,
  type ChatKitClient,
  type ThreadState,
} from 'chatkit-controllers/client';
import { scriptModels } from '../src/scripted-model.js';

let server: Server;
let client: ChatKitClient;
before(async () => {
  scriptModels(); // before the workflow is loaded
  const { createChat } = await import('../src/chat.js');
  server = createServer(createChat(new MemoryStore())).listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  client = createClient({ url: `http://127.0.0.1:${port}/chatkit` });
});
after(() => {
  server.close();
  server.closeAllConnections();
});

test(
  'the workflow answers turn after turn, and goes on when what it asks is accepted',
  { timeout: 60_000 },
  async () => {
    let state = await read(createThreadState(), client.threads.create('Hello'));
    state = await acceptAll(state);
    for (const text of ['And now?', 'Once more.']) {
      state = await acceptAll(await read(state, client.threads.addUserMessage(state.thread!.id, text)));
    }
    assert.equal(state.items.filter(({ type }) => type === 'user_message').length, 3);
  },
);

/** Reads the events of a turn, none of which may be an error. */
async function read(
  before: ThreadState,
  events: AsyncIterable<Parameters<typeof reduceThread>[1]>,
): Promise<ThreadState> {
  let state = before;
  for await (const event of events) state = reduceThread(state, event);
  assert.equal(state.error, undefined);
  return state;
}

/** Presses Accept until nothing is asked any more. */
async function acceptAll(before: ThreadState): Promise<ThreadState> {
  let state = before;
  for (let asked = questionIn(state); asked !== undefined; asked = questionIn(state)) {
    const { id, action } = asked;
    state = await read(state, client.threads.action(state.thread!.id, action, { itemId: id }));
  }
  return state;
}

function questionIn({ items }: ThreadState) {
  for (const item of items) {
    const confirm =
      item.type === 'widget' ? (item.widget.confirm as { action: { type: string } } | undefined) : undefined;
    if (confirm?.action.type === 'workflow.approval.accept') return { id: item.id, action: confirm.action };
  }
  return undefined;
}
