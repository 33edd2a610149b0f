import type { ProgressUpdateEvent, Task } from '../../protocol';
import type { CurrentWorkflow } from './current-workflow';
import { NONE, type Drafts } from './drafts';

/** A tool at work: one of the agent, or one that the model's server runs, as a search of the web. */
export interface ToolActivity {
  /** Of the agent's tool; `web_search`, `file_search`, `code_interpreter`, … of those of the server. */
  readonly name: string;
  readonly status: 'started' | 'completed';
  /** What the model calls it with; of hosted tools the call as far as the server tells it. */
  readonly input: unknown;
  /** What it returned, when it is completed; not of hosted tools. */
  readonly output?: unknown;
}

/** How an activity is shown: a task of a workflow, a line of progress, or both. */
export interface ActivityView {
  task?: Task | undefined;
  progress?: string | { text: string; icon?: string } | undefined;
}

/**
 * What is shown of a tool at work; nothing where it returns nothing. It is asked when the tool starts, and
 * again when it is done: a task that it gives then takes the place of the first; without one, the first is
 * marked as complete.
 *
 * @example
 * const toolActivity: ShowActivity = ({ name, input }) =>
 *   name === 'find_order' ? { task: { type: 'custom', title: `Looking for ${input.id}` } } : undefined;
 */
export type ShowActivity = (activity: ToolActivity) => ActivityView | undefined;

interface Shown {
  workflowId: string;
  index: number;
  task: Task;
}

/** Shows tools at work, as the application wants them shown. */
export class ToolActivities {
  private readonly shown = new Map<string, Shown>();

  constructor(
    private readonly workflow: CurrentWorkflow,
    private readonly show: ShowActivity,
  ) {}

  /** @param key of this call among those of the run */
  start(key: string, activity: Omit<ToolActivity, 'status'>): Drafts {
    const view = this.show({ ...activity, status: 'started' });
    if (view === undefined) return NONE;
    const progress = toProgress(view);
    if (view.task === undefined) return progress;
    const task = withStatus(view.task, 'loading');
    const { events, index, workflowId } = this.workflow.add(task);
    this.shown.set(key, { workflowId, index, task });
    return [...progress, ...events];
  }

  complete(key: string, activity: Omit<ToolActivity, 'status'>): Drafts {
    const view = this.show({ ...activity, status: 'completed' });
    const shown = this.shown.get(key);
    this.shown.delete(key);
    const progress = view === undefined ? NONE : toProgress(view);
    if (shown === undefined) return progress;
    const task = withStatus(view?.task ?? { ...shown.task, status_indicator: undefined }, 'complete');
    return [...progress, ...this.workflow.update(shown.index, task, shown.workflowId)];
  }
}

function withStatus(task: Task, status_indicator: 'loading' | 'complete'): Task {
  return { ...task, status_indicator: task.status_indicator ?? status_indicator };
}

function toProgress({ progress }: ActivityView): ProgressUpdateEvent[] {
  if (progress === undefined) return [];
  const { text, icon } = typeof progress === 'string' ? { text: progress } : progress;
  return [{ type: 'progress_update', text, icon }];
}
