import 'reflect-metadata';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { added, ChatController, OnMessage, type ChatContext } from '../../../src';
import { chatkit } from '../../../src/node';
import { SqliteStore } from '../../../src/stores/sqlite';

/** A server in a process of its own, on the SQLite file that is its argument; its answers never end. */
const store = new SqliteStore(process.argv[2]!);

@ChatController()
class Controller {
  @OnMessage()
  async *reply(_message: unknown, ctx: ChatContext) {
    const text = 'Half of the';
    yield added({ type: 'assistant_message', content: [{ type: 'output_text', text, annotations: [] }] });
    await sleep(600_000, undefined, { signal: ctx.signal });
  }
}

const chat = chatkit({ controllers: [Controller], store, owner: 'shared' });
const server = createServer(chat).listen(0, '127.0.0.1', () => {
  process.send!(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/chatkit`);
});

/**
 * Asked for a thread, it answers with the types of what is stored there; asked for `kept` and a thread,
 * with how much of messages that are not done is kept for the case that it is killed.
 */
process.on('message', (question: string) => {
  const [threadId = '', kept] = question.split(' ').reverse();
  const scope = { owner: 'shared', requestContext: undefined, signal: new AbortController().signal };
  void (async () => {
    if (kept !== undefined) {
      const runs = await store.admin.listOpenRuns({ limit: 100 });
      const run = runs.data.find(({ thread_id }) => thread_id === threadId);
      const stored = run && (await store.getValue(scope, `run/${run.id}`));
      process.send!(JSON.stringify(stored?.value ?? null));
      return;
    }
    const page = await store.listItems(scope, threadId, { limit: 100, order: 'asc' });
    process.send!(page.data.map(({ type }) => type).join(' '));
  })();
});
