import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './code-blocks';

const page = readFileSync(join(ROOT, 'docs/from-typescript.md'), 'utf8');
const sdk = join(ROOT, 'node_modules/chatkit-node-backend-sdk');
const types = readFileSync(join(sdk, 'dist/index.d.ts'), 'utf8');
const code = readFileSync(join(sdk, 'dist/index.js'), 'utf8');

/** The names in backticks of the first column. */
const named = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => Array.from(line.split('|')[1]!.matchAll(/\b(?:\w+\.)*(\w+)(?=\()|\b([A-Z]\w+)\b/g)))
  .map(([, method, type]) => method ?? type!)
  .filter((name) => !['MyServer', 'MyStore', 'JSON', 'stringify'].includes(name));

describe('the page for users of other TypeScript packages', () => {
  it.each([...new Set(named)])('names what chatkit-node-backend-sdk has: %s', (name) => {
    expect(types).toMatch(new RegExp(`\\b${name}\\b`));
  });

  it('was compared with the release that is installed', () => {
    const { version } = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8')) as { version: string };
    expect(page).toContain(`in version ${version}`);
    expect(named.length).toBeGreaterThan(10);
  });

  it.each(['sync_custom_action', 'client_effect', 'structured_input', 'transcribe'])(
    'is right that it has no %s',
    (name) => expect(code).not.toContain(name),
  );
});
