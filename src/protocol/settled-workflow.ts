import type { WorkflowItem } from './items';
import type { Task } from './workflows';

/** A workflow whose run has been cut off, without tasks that seem to go on; nothing where it has none. */
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
