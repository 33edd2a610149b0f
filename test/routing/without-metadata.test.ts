import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const folder = join(__dirname, 'without-metadata');

test('where the compiler emits no types, types that are named work and types that are not are startup problems', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', join(folder, 'main.ts')],
    { env: { ...process.env, TSX_TSCONFIG_PATH: join(folder, 'tsconfig.json') } },
  );
  const { answers, problems } = JSON.parse(stdout) as {
    answers: string[];
    problems: Record<string, string>[];
  };
  expect(answers).toEqual(['a true', 'starred a', 'hid a true undefined', 'moved a for ada', 'showed a']);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ code: 'payload_type_invisible', where: 'Unnamed.open' });
  expect(problems[0]?.['message']).toContain('esbuild and tsx');
  expect(problems[0]?.['fix']).toContain('"emitDecoratorMetadata": true in tsconfig.json');
  expect(problems[0]?.['fix']).toContain('@Payload(Dto)');
});
