import { rmSync } from 'node:fs';
import { post } from '../support/client';
import { create } from '../support/requests';
import { until } from '../support/wait';
import { compileSample, freePort, SampleProcess } from './sample-process';

describe('the sample of observability', () => {
  let folder: string;
  let main: string;

  beforeAll(() => {
    ({ folder, main } = compileSample('observability'));
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('prints the spans of a request, with that of the handler’s own work', async () => {
    const port = String(await freePort());
    const server = SampleProcess.spawn(main, { PORT: port });
    try {
      await server.listening();
      const { types } = await post(`http://127.0.0.1:${port}/chatkit`, create());
      expect(types.at(-1)).toBe('thread.item.done');
      await until(() => server.stdout.includes('span  chatkit threads.create'), 'the span of the request');
      const names = server.stdout.split('\n').map((line) => line.split('  ')[1]);
      expect(names).toEqual(
        expect.arrayContaining([
          'chatkit lock',
          'chatkit store.createThread',
          'look up the weather',
          'WeatherController.reply',
          'chatkit stream',
        ]),
      );
    } finally {
      await server.stop('SIGTERM');
    }
  });
});
