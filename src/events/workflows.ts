import { EXPAND, type Composite, type EventDraft } from '../context';
import { holdPromises } from '../errors';
import { iterable } from './iterable';
import type { CustomSummary, DurationSummary, Task, Workflow, WorkflowItem } from '../protocol';

/** Options of {@link workflow} and {@link streamWorkflow}. */
export interface WorkflowOptions {
  /** Default: `custom`. */
  type?: Workflow['type'];
  summary?: CustomSummary | DurationSummary;
  expanded?: boolean;
}

/** Sends a finished workflow with all its tasks. */
export function workflow(tasks: readonly Task[], options: WorkflowOptions = {}): EventDraft {
  holdPromises(tasks); // a promise in place of a task is lost in the copy
  return { type: 'thread.item.done', item: { type: 'workflow', workflow: toWorkflow([...tasks], options) } };
}

/**
 * Streams a workflow whose tasks appear one after the other. It appears with its first task, and closes with
 * its duration unless a summary is given. Without tasks nothing is shown.
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
          delete item.workflow.summary; // the summary is shown at the end
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

/** Sends a single task outside a workflow. */
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
