import { chatFile } from './chat-file';
import { packageFiles } from './package-files';
import type { ProjectFile, ProjectPlan } from './project-file';
import { readmeFile, workflowPath } from './readme-file';
import { pageFile } from './page-file';
import { sharedFiles } from './shared-files';

export { sentence } from './readme-file';
export type { ProjectFile, ProjectPlan } from './project-file';

/** All files of the project that is made of an export. */
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
