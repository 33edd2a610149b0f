import type { ChatContext } from '../../context';
import type { Task } from '../../protocol';
import type { CurrentWorkflow } from '../convert/current-workflow';
import { storedItem } from '../input/stored-item';

/**
 * The client has left while agents were at work: of the workflow item, where it is stored already, no task
 * stays loading. Nothing is told to the client: it sees that when it loads the thread again.
 */
export async function settleTasks(ctx: ChatContext, { leftOpen: item }: CurrentWorkflow): Promise<void> {
  if (item === undefined) return;
  try {
    const stored = await storedItem(ctx, item.id);
    if (stored?.type !== 'workflow' || !stored.workflow.tasks.some(isLoading)) return;
    const tasks = item.workflow.tasks.map((task) => (isLoading(task) ? settled(task) : task));
    await ctx.store.saveItem({ ...item, workflow: { ...item.workflow, tasks } });
  } catch (error) {
    ctx.log.warn({ err: error }, 'the tasks of a workflow that was stopped could not be settled');
  }
}

function isLoading(task: Task): boolean {
  return task.status_indicator === 'loading';
}

function settled(task: Task): Task {
  return { ...task, status_indicator: 'none' };
}
