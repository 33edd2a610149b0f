import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const folder = join(__dirname, 'without-metadata');

test('where the compiler emits no types, types that are named work and types that are not are boot faults', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', join(folder, 'main.ts')],
    { env: { ...process.env, TSX_TSCONFIG_PATH: join(folder, 'tsconfig.json') } },
  );
  const { answers, faults } = JSON.parse(stdout) as { answers: string[]; faults: Record<string, string>[] };
  expect(answers).toEqual(['a true', 'starred a', 'hid a true undefined', 'moved a for ada', 'showed a']);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatchObject({ code: 'payload_type_invisible', where: 'Unnamed.open' });
  expect(faults[0]?.['message']).toContain('esbuild and tsx');
  expect(faults[0]?.['remedy']).toContain('"emitDecoratorMetadata": true in tsconfig.json');
  expect(faults[0]?.['remedy']).toContain('@Payload(Dto)');
});
