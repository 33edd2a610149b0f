import { EMPTY } from 'rxjs';
import { UnavailableError } from '../../src/errors';
import { ActiveRuns } from '../../src/operations/active-runs';
import { threadKey } from '../../src/store';
import type { Call, StreamAnswer } from '../../src/operations/environment';
import { answerWithStream } from '../../src/operations/stream';
import { WaitingPlaces } from '../../src/operations/waiting-places';
import { InProcessThreadLock } from '../../src/stores';
import { FakeSink, makeContext, THREAD, until } from '../pipeline/harness';

/** A request whose thread has a run. */
async function waiting() {
  const ctx = makeContext();
  const lock = new InProcessThreadLock();
  const runs = new ActiveRuns();
  const release = await lock.acquire(threadKey(ctx.owner, THREAD.id), { waitMs: 0 });
  const env = {
    store: ctx.services.store,
    lock,
    runs,
    threads: { concurrency: 'queue', waitMs: 10_000, places: new WaitingPlaces(1) },
    run: { onDisconnect: 'cancel', cancelGrace: 50, maxRunTime: 10_000, instance: 'test' },
    table: {},
  };
  const call = { env, ctx } as unknown as Call;
  const answer = (await answerWithStream(call, THREAD.id, () => ({ source: () => EMPTY }))) as StreamAnswer;
  return { ctx, runs, answer, release: release!, sink: new FakeSink() };
}

test('a request that waits is known as waiting until it has become a run, and no longer', async () => {
  const { answer, runs, release, sink } = await waiting();
  answer.start(sink);
  expect(runs.waiting.size).toBe(1);
  release();
  await until(() => sink.closed);
  await until(() => runs.waiting.size === 0);
  expect(sink.types).toEqual(['stream_options']);
});

test('a request that is given up before it has begun to wait tells why, and not that its thread is busy', async () => {
  const { answer, ctx, sink } = await waiting();
  ctx.lifetime.abort(new UnavailableError('The server is shutting down.'));
  answer.start(sink);
  await until(() => sink.closed);
  expect(sink.events).toMatchObject([{ type: 'error', message: 'The server is shutting down.' }]);
});

test.each<[[string, string], [string, string]]>([
  [
    ['a b', 'c'],
    ['a', 'b c'],
  ],
  [
    ['a" "b', 'c'],
    ['a', '"b" c'],
  ],
])('two owners never have the key of one thread: %j and %j', (one, other) => {
  expect(threadKey(...one)).not.toBe(threadKey(...other));
});
