import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import config from '../../rolldown.config.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What is not public, built as the package is, but for itself: it shares no objects with the package. */
await build({
  ...config,
  input: { parts: `${root}/bench/lib/parts.ts` },
  tsconfig: `${root}/tsconfig.json`,
  output: { ...config.output, dir: `${root}/.cache/bench` },
});

export const parts = createRequire(import.meta.url)('../../.cache/bench/parts.js');
