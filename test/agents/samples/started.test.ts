import { rmSync } from 'node:fs';
import { post } from '../../support/client';
import * as wire from '../../support/requests';
import { compileSamples, freePort, SampleProcess, type CompiledSample } from '../../samples/sample-process';

const NAMES = ['cat-caretaker', 'airline-support', 'metro-map', 'news-guide'];

let samples: CompiledSample[];
beforeAll(() => {
  samples = compileSamples(NAMES);
}, 60_000);
afterAll(() => rmSync(samples[0]!.folder, { recursive: true }));

/** As its README says: compiled, in a process of its own, without a key. */
it.each(NAMES)(
  'samples/%s starts without a key, says where, and serves page and chat',
  async (name) => {
    const port = await freePort();
    const running = SampleProcess.spawn(samples[NAMES.indexOf(name)]!.main, { PORT: String(port) });
    try {
      await running.listening();
      expect(running.stdout).toContain(`http://127.0.0.1:${String(port)}/`);
      expect(running.stdout).toContain('a script answers');
      const url = `http://127.0.0.1:${String(port)}`;
      expect(await (await fetch(url)).text()).toContain('<openai-chatkit id="chat">');
      const { events } = await post(`${url}/chatkit`, wire.create('What can you do?'));
      expect(JSON.stringify(events)).toContain('No model is set up');
    } finally {
      await running.stop('SIGTERM');
    }
  },
  60_000,
);
