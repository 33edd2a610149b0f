import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ThreadStreamEvent } from '../../src';
import { LEASE_MS } from '../../src/app/lease';
import { temporaryDirectories } from '../stores/temporary';
import { Child } from '../support/child';
import { open } from '../support/client';
import { until } from '../support/wait';
import { create } from '../support/requests';

/*
 * Three servers on one SQLite file. One is killed in the middle of an answer; what becomes of its run
 * is seen to by the others, when its lease has expired: what was shown of the answer is stored, and noted to be a part. And the runs of the others go on.
 */

const newDirectory = temporaryDirectories();

const CUT_OFF = 'user_message assistant_message sdk_hidden_context';

/** A server whose answer to a message hangs after half a sentence, and the thread of that message. */
async function hanging(file: string): Promise<{ server: Child<string>; threadId: string }> {
  const server = Child.start<string>('app/processes/hanging-server.ts', [file]);
  const stream = await open(await server.next(), create('Hello'));
  let threadId = '';
  await stream.until((event: ThreadStreamEvent) => {
    if (event.type === 'thread.created') threadId = event.thread.id;
    return event.type === 'thread.item.added';
  });
  return { server, threadId };
}

test('the runs of a killed server are noted once, by those that live, and theirs go on', async () => {
  const file = join(newDirectory(), 'chat.db');
  const [killed, living, watching] = await Promise.all([hanging(file), hanging(file), hanging(file)]);
  const kept = async () => killed.server.ask(`kept ${killed.threadId}`);
  await until(async () => (await kept()).includes('Half of the'), 'what was shown to be kept');
  killed.server.kill();
  for (;;) {
    const items = await watching.server.ask(killed.threadId);
    if (items === CUT_OFF) break;
    expect(items).toBe('user_message');
    await sleep(250);
  }
  await sleep(LEASE_MS / 3); // in which each of the living has looked once more
  expect(await watching.server.ask(killed.threadId)).toBe(CUT_OFF);
  for (const { server, threadId } of [living, watching]) {
    expect(await server.ask(threadId)).toBe('user_message');
  }
}, 90_000);
