import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './code-blocks';

it('shows the recorded figures, in its tables and its picture', () => {
  const script = join(ROOT, 'bench/render.mjs');
  expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toBe('');
});
