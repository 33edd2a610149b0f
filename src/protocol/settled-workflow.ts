import type { WorkflowItem } from './items';
import type { Task } from './workflows';

/**
 * The workflow of an interrupted run, with its loading tasks no longer shown as loading. Returns `undefined`
 * if no task is loading.
 */
export function settledWorkflow(item: WorkflowItem): WorkflowItem | undefined {
  const { workflow } = item;
  if (!workflow.tasks.some(isLoading)) return undefined;
  const tasks = workflow.tasks.map((task): Task => {
    return isLoading(task) ? { ...task, status_indicator: 'none' } : task;
  });
  return { ...item, workflow: { ...workflow, tasks } };
}

function isLoading(task: Task): boolean {
  return task.status_indicator === 'loading';
}
