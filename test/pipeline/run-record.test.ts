import type { RunContext } from '../../src/context';
import type { Outbox } from '../../src/pipeline/outbox';
import { RunRecord } from '../../src/pipeline/run-record';
import { LeftRuns } from '../../src/pipeline/left-runs';
import type { OpenRunOptions } from '../../src/store';

test('a record that can be deleted in no part leaves no rejection unheard', async () => {
  const unheard: unknown[] = [];
  const listener = (error: unknown): void => void unheard.push(error);
  process.on('unhandledRejection', listener);
  const away = (): Promise<never> => Promise.reject(new Error('The database is away.'));
  const store = {
    openRun: (_scope: unknown, _run: unknown, { isOver }: OpenRunOptions) => {
      isOver?.();
      return Promise.resolve();
    },
    putValue: () => Promise.resolve(1),
    closeRun: away,
    deleteValue: away,
  };
  const ctx = { services: { store, generateId: () => 'run_1' }, threadId: 't1' } as unknown as RunContext;
  const outbox = { isFinished: false, handedOver: (write: Promise<void>) => write } as unknown as Outbox;
  const record = new RunRecord(ctx, outbox, { instance: 'here', left: new LeftRuns() });
  await record.open();
  const part = { type: 'output_text' as const, text: 'Half', annotations: [] };
  await record.keep([
    { type: 'assistant_message', id: 'a', thread_id: 't1', created_at: '', content: [part] },
  ]);
  await expect(record.close(ctx)).rejects.toThrow('away');
  await new Promise(setImmediate);
  process.off('unhandledRejection', listener);
  expect(unheard).toEqual([]);
});
