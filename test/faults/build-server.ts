import { join } from 'node:path';

/**
 * Bundles the server once, for all processes that are started: one that has to be translated first takes a
 * second, and a run starts hundreds.
 *
 * @returns its file
 */
export async function buildServer(): Promise<string> {
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: join(__dirname, 'server.ts'),
    platform: 'node',
    external: (id) => /^[^./]/.test(id) && !id.startsWith('@oxc-project/'), // helpers of the compiler
    tsconfig: join(__dirname, '../../tsconfig.json'),
  });
  // Below the repository, so that it finds what it imports.
  const file = join(__dirname, '../../.cache/faults/server.cjs');
  await bundle.write({ file, format: 'cjs', codeSplitting: false });
  await bundle.close();
  return file;
}
