import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectFile } from '../../project-file';
import type { ProjectPlan } from './project-plan';

/** Of the sample, which is such a project: the same in all of them. */
const SHARED = ['src/main.ts', 'src/load-env.ts', 'src/environment.ts', 'test/chat.test.ts'];

/** What serves the chat, and what tests it: taken from the sample, which comes with the package. */
export function sharedFiles({ packageFolder }: ProjectPlan): ProjectFile[] {
  const sample = join(packageFolder, 'samples/from-agent-builder');
  return SHARED.map((path) => ({ path, text: readFileSync(join(sample, path), 'utf8') }));
}
