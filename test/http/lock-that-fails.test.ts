import { assistantMessage, ChatController, OnAction, OnMessage } from '../../src';
import { InProcessThreadLock } from '../../src/stores';
import type { ThreadLock } from '../../src/store';
import { serveChat } from '../support/chat';
import { until } from '../support/wait';
import * as wire from '../support/requests';

@ChatController()
class Chat {
  @OnMessage()
  reply() {
    return assistantMessage('Hello');
  }

  @OnAction('greet', { payload: 'unchecked' })
  greet() {
    return assistantMessage('Hello again');
  }
}

const FAILURES: Record<string, () => unknown> = {
  throws: () => {
    throw new Error('The lock is away.');
  },
  rejects: () => Promise.reject(new Error('The lock is away.')),
};

/** Gives each lock back, and fails then. */
function failing(isSync: boolean, fail: () => unknown): ThreadLock {
  const lock = new InProcessThreadLock();
  return {
    acquire(key, options) {
      const acquired = lock.acquire(key, options);
      const wrapped = Promise.resolve(acquired).then((release) => release && giveBack(release));
      return isSync && !(acquired instanceof Promise) ? acquired && giveBack(acquired) : wrapped;
    },
  };
  function giveBack(release: () => void) {
    return () => {
      release();
      return fail() as undefined;
    };
  }
}

/* What nothing catches would end the process: Jest fails a test for it. */
describe.each(Object.entries(FAILURES))('a lock that %s when it is given back', (_, fail) => {
  test.each([
    ['at once', true],
    ['later', false],
  ])('and is had %s ends no answer and is logged', async (_, isSync) => {
    const chat = await serveChat({ controllers: [Chat], threads: { lock: failing(isSync, fail) } });
    const threadId = await chat.newThread();
    const answers = await Promise.all([1, 2].map(() => chat.post(wire.act(threadId, undefined, 'greet'))));
    for (const { types } of answers) expect(types.at(-1)).toBe('thread.item.done');
    expect(await chat.post(wire.act('thr_0', undefined, 'greet'))).toMatchObject({ status: 404 });
    const message = 'the lock of a thread could not be released';
    await until(() => chat.logger.lines.filter((line) => line.message === message).length === 4);
  });
});
