import fc from 'fast-check';
import { assistantMessage, ChatController, OnMessage } from '../../src';
import { observed, safeTelemetry, type Observation, type Telemetry } from '../../src/context';
import { serveChat } from '../support/chat';
import { RecordingLogger } from '../support/logger';
import { create } from '../support/requests';

const broken = (): never => {
  throw new Error('The telemetry is broken.');
};

/** Telemetry of which some parts throw: before, or after what they do. */
function telemetryThat(throws: {
  begin: boolean;
  note: boolean;
  end: boolean;
  run: 'before' | 'after' | 'no';
}): Telemetry {
  const observation: Observation = {
    run(work) {
      if (throws.run === 'before') broken();
      const result = work();
      return throws.run === 'after' ? broken() : result;
    },
    note: () => throws.note && broken(),
    end: () => throws.end && broken(),
  };
  return { begin: () => (throws.begin ? broken() : observation) };
}

const parts = fc.record({
  begin: fc.boolean(),
  note: fc.boolean(),
  end: fc.boolean(),
  run: fc.constantFrom('before' as const, 'after' as const, 'no' as const),
});

test('whatever telemetry throws, the work is done once and comes to what it comes to', async () => {
  await fc.assert(
    fc.asyncProperty(parts, fc.boolean(), fc.boolean(), async (throws, isAsync, fails) => {
      const logger = new RecordingLogger();
      const telemetry = safeTelemetry(telemetryThat(throws), logger);
      let calls = 0;
      const settle = (): string => {
        calls += 1;
        if (fails) throw new RangeError('The work failed.');
        return 'done';
      };
      const work = isAsync ? async () => settle() : settle;
      const outcome = await Promise.resolve()
        .then(() => observed(telemetry, { kind: 'stream' }, work))
        .catch((error: unknown) => (error as Error).message);
      expect(outcome).toBe(fails ? 'The work failed.' : 'done');
      expect(calls).toBe(1);
      const isBroken = throws.begin || throws.end || throws.run !== 'no';
      expect(logger.lines.length).toBe(isBroken ? 1 : 0);
    }),
  );
});

test('a chat goes on when its telemetry throws, and says so once', async () => {
  @ChatController()
  class Chat {
    @OnMessage()
    reply() {
      return assistantMessage('Hello.');
    }
  }
  const throws = { begin: false, note: true, end: true, run: 'before' } as const;
  const chat = await serveChat({ controllers: [Chat], telemetry: telemetryThat(throws) });
  const { types } = await chat.post(create());
  expect(types.at(-1)).toBe('thread.item.done');
  expect(chat.logger.lines.map(({ message }) => message)).toEqual([
    'the telemetry of the app threw: The telemetry is broken.',
  ]);
});
