import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RouteInfo } from '../../src';
import { compileSample, freePort, SampleProcess } from './sample-process';

/** The quickstart as people start it, asked for its registry. */
describe('the registry of the quickstart', () => {
  let folder: string;
  let main: string;

  beforeAll(() => {
    ({ folder, main } = compileSample('quickstart'));
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function asked(env: Record<string, string>): Promise<Response> {
    const dataDir = mkdtempSync(join(tmpdir(), 'quickstart-registry-'));
    const port = String(await freePort());
    const server = SampleProcess.spawn(main, { PORT: port, DATA_DIR: dataDir, ...env });
    try {
      await server.listening();
      return await fetch(`http://127.0.0.1:${port}/chatkit/actions`);
    } finally {
      await server.stop('SIGKILL');
      rmSync(dataDir, { recursive: true, force: true });
    }
  }

  it('is there while one develops', async () => {
    const response = await asked({});
    expect(response.status).toBe(200);
    const entries = (await response.json()) as RouteInfo[];
    const select = entries.find(({ patterns }) => patterns.includes('item.select'));
    expect(select).toMatchObject({
      kind: 'action',
      payload: { type: 'object', required: expect.arrayContaining(['id']) },
    });
    expect(entries.filter(({ schemaError }) => schemaError !== undefined)).toEqual([]);
    expect(entries.map(({ kind }) => kind)).toContain('message');
  });

  it('is not there in production', async () => {
    const response = await asked({ NODE_ENV: 'production' });
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('item.select');
  });
});
