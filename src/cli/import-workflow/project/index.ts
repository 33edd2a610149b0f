import { chatFile } from './chat-file';
import { packageFiles } from './package-files';
import type { ProjectFile } from '../../project-file';
import type { ProjectPlan } from './project-plan';
import { readmeFile, workflowPath } from './readme-file';
import { pageFile } from './page-file';
import { sharedFiles } from './shared-files';

export { sentence } from './readme-file';
export type { ProjectPlan } from './project-plan';

/** All files of a project made from an export. */
export function projectFiles(plan: ProjectPlan): ProjectFile[] {
  return [
    ...packageFiles(plan),
    readmeFile(plan),
    { path: workflowPath(plan), text: plan.read.text },
    chatFile(plan),
    pageFile(plan),
    ...sharedFiles(plan),
  ];
}
