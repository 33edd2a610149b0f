import { EXPAND, type Composite, type EventDraft } from '../context';
import { holdPromises } from '../errors';
import { iterable } from './iterable';
import type { CustomSummary, DurationSummary, Task, Workflow, WorkflowItem } from '../protocol';

/** Options of {@link workflow} and {@link streamWorkflow}. */
export interface WorkflowOptions {
  /** `custom` by default. */
  type?: Workflow['type'];
  summary?: CustomSummary | DurationSummary;
  expanded?: boolean;
}

/** A workflow that is over, with all its tasks. */
export function workflow(tasks: readonly Task[], options: WorkflowOptions = {}): EventDraft {
  holdPromises(tasks); // where there should be tasks, the copy has none of them
  return { type: 'thread.item.done', item: { type: 'workflow', workflow: toWorkflow([...tasks], options) } };
}

/**
 * A workflow whose tasks appear one after the other. It shows with its first task, and closes with
 * its duration unless a summary is given. Without a task nothing is shown.
 *
 * @example
 * yield streamWorkflow(async function* () {
 *   yield { type: 'custom', title: 'Looked up the order' };
 *   await ship();
 *   yield { type: 'custom', title: 'Shipped it' };
 * });
 */
export function streamWorkflow(
  tasks: (() => AsyncIterable<Task> | Iterable<Task>) | AsyncIterable<Task>,
  options: WorkflowOptions = {},
): Composite {
  return {
    async *[EXPAND](ctx) {
      const started = ctx.store.now();
      let item: WorkflowItem | undefined;
      for await (const task of iterable(tasks, 'streamWorkflow')) {
        if (item === undefined) {
          item = {
            id: ctx.store.generateId('workflow'),
            thread_id: ctx.thread.id,
            created_at: started,
            type: 'workflow',
            workflow: toWorkflow([], options),
          };
          delete item.workflow.summary; // it sums up, so it comes at the end
          yield { type: 'thread.item.added', item };
        }
        const task_index = item.workflow.tasks.length;
        item = { ...item, workflow: { ...item.workflow, tasks: [...item.workflow.tasks, task] } };
        yield {
          type: 'thread.item.updated',
          item_id: item.id,
          update: { type: 'workflow.task.added', task_index, task },
        };
      }
      if (item === undefined) return;
      const summary = options.summary ?? { duration: secondsBetween(started, ctx.store.now()) };
      yield { type: 'thread.item.done', item: { ...item, workflow: { ...item.workflow, summary } } };
    },
  };
}

function secondsBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 1000);
}

/** A task on its own, outside a workflow. */
export function task(content: Task): EventDraft {
  return { type: 'thread.item.done', item: { type: 'task', task: content } };
}

function toWorkflow(tasks: Task[], options: WorkflowOptions): Workflow {
  return {
    type: options.type ?? 'custom',
    tasks,
    summary: options.summary,
    expanded: options.expanded ?? false,
  };
}
