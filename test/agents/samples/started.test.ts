import { rmSync } from 'node:fs';
import { post } from '../../support/client';
import * as wire from '../../support/requests';
import { compileSample, freePort, SampleProcess } from '../../samples/sample-process';

/** As its README says: compiled, in a process of its own, without a key. */
describe.each(['cat-caretaker'])('samples/%s', (name) => {
  it('starts without a key, says where, and serves page and chat', async () => {
    const sample = compileSample(name);
    const port = await freePort();
    const running = SampleProcess.spawn(sample.main, { PORT: String(port) });
    try {
      await running.listening();
      expect(running.stdout).toMatch(`http://127.0.0.1:${String(port)}/`);
      expect(running.stdout).toMatch('a script answers');
      const url = `http://127.0.0.1:${String(port)}`;
      const page = await (await fetch(url)).text();
      expect(page).toContain('<openai-chatkit id="chat">');
      const { events } = await post(`${url}/chatkit`, wire.create('What can you do?'));
      expect(JSON.stringify(events)).toContain('No model is set up');
    } finally {
      await running.stop('SIGTERM');
      rmSync(sample.folder, { recursive: true });
    }
  }, 60_000);
});
