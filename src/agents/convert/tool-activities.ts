import type { ProgressUpdateEvent, Task } from '../../protocol';
import type { CurrentWorkflow } from './current-workflow';
import { NONE, type Drafts } from './drafts';

/** A running tool: one of the agent, or a hosted tool of the model's server, such as a web search. */
export interface ToolActivity {
  /**
   * The name of the agent's tool; for hosted tools `web_search`, `file_search`, `code_interpreter`, …; for the
   * SDK's own tools `computer`, `shell`, `apply_patch`.
   */
  readonly name: string;
  readonly status: 'started' | 'completed';
  /** The arguments of the call; for hosted tools and the SDK's own tools the call itself. */
  readonly input: unknown;
  /** What the tool returned, if it is completed; not for hosted tools. */
  readonly output?: unknown;
}

/** How an activity is shown: a task of a workflow, a progress line, or both. */
export interface ActivityView {
  task?: Task | undefined;
  progress?: string | { text: string; icon?: string } | undefined;
}

/**
 * Returns how a running tool is shown, or `undefined` to show nothing. Called when the tool starts, and again
 * when it is done: the task returned then replaces the first one, if any; without one, the first is marked as
 * complete. A tool that needs approval is shown when the user has accepted it: then it is called with `started`
 * again.
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

/** Shows running tools as the application's {@link ShowActivity} says. */
export class ToolActivities {
  private readonly shown = new Map<string, Shown>();

  constructor(
    private readonly workflow: CurrentWorkflow,
    private readonly show: ShowActivity,
  ) {}

  /** @param key identifies the call within the run */
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
    if (shown === undefined) {
      if (view?.task === undefined) return progress;
      return [...progress, ...this.workflow.add(withStatus(view.task, 'complete')).events];
    }
    const task = withStatus(view?.task ?? { ...shown.task, status_indicator: undefined }, 'complete');
    return [...progress, ...this.workflow.update(shown.index, task, shown.workflowId)];
  }

  /**
   * Must be called at the end of the stream. Takes back the tasks of calls without an output, which wait for
   * the user or for the page.
   */
  withdraw(): Drafts {
    const waiting = [...this.shown.values()];
    this.shown.clear();
    return Array.from(new Set(waiting.map(({ workflowId }) => workflowId))).flatMap((id) => {
      const its = waiting.filter(({ workflowId }) => workflowId === id);
      return this.workflow.withdraw(id, new Set(its.map(({ index }) => index)));
    });
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
