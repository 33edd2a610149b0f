import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectFile } from '../../project-file';
import type { ProjectPlan } from './project-plan';

/** The files of the sample that are the same in every imported project. */
const SHARED = ['src/main.ts', 'src/load-env.ts', 'src/environment.ts', 'test/chat.test.ts'];

/** The server and the test, copied from the sample, which is part of the package. */
export function sharedFiles({ packageFolder }: ProjectPlan): ProjectFile[] {
  const sample = join(packageFolder, 'samples/from-agent-builder');
  return SHARED.map((path) => ({ path, text: readFileSync(join(sample, path), 'utf8') }));
}
