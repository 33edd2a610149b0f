import type { EventDraft } from '../../context';
import type { CustomSummary, DurationSummary, Task, Workflow, WorkflowItem } from '../../protocol';
import { newHead, NONE, type Drafts, type Place } from './drafts';

export interface EndWorkflowOptions {
  /** Instead of how long it took, or of the summary that it was started with. */
  summary?: CustomSummary | DurationSummary | undefined;
  /** Whether the page shows its tasks; they are folded by default. */
  expanded?: boolean | undefined;
}

export type WorkflowStart = Partial<Pick<Workflow, 'type' | 'tasks' | 'summary' | 'expanded'>>;

/**
 * The workflow that is open now: reasoning, or what tools do. There is one at a time. An item that comes
 * after it closes it; one that is open when the run ends is taken up by the next.
 */
export class CurrentWorkflow {
  private item: WorkflowItem | undefined;
  /** A workflow without a task is not shown before it has one, unless it is about reasoning. */
  private shown = false;

  constructor(private readonly place: Place) {}

  get open(): WorkflowItem | undefined {
    return this.item;
  }

  /** The one that the client has seen and that is not done. */
  get leftOpen(): WorkflowItem | undefined {
    return this.shown ? this.item : undefined;
  }

  /** Goes on with a workflow that the client has: one of an earlier turn, or that a tool has sent itself. */
  takeUp(item: WorkflowItem): void {
    this.item = item;
    this.shown = true;
  }

  /** The open one is over: a tool has sent its end itself. */
  forget(): void {
    this.item = undefined;
    this.shown = false;
  }

  start({ type = 'custom', tasks = [], summary, expanded = false }: WorkflowStart = {}): Drafts {
    const ended = this.end();
    this.item = {
      ...newHead(this.place, 'workflow'),
      type: 'workflow',
      workflow: { type, tasks: [...tasks], summary, expanded },
    };
    this.shown = type === 'reasoning' || tasks.length > 0;
    return this.shown ? [...ended, { type: 'thread.item.added', item: this.item }] : ended;
  }

  /** Adds a task, to a new workflow where none is open. */
  add(task: Task): { events: Drafts; index: number } {
    const item = this.item;
    if (item === undefined) return { events: this.start({ tasks: [task] }), index: 0 };
    const index = item.workflow.tasks.length;
    this.item = withTasks(item, [...item.workflow.tasks, task]);
    if (!this.shown) {
      this.shown = true;
      return { events: [{ type: 'thread.item.added', item: this.item }], index };
    }
    return {
      events: [updateOf(item, { type: 'workflow.task.added', task, task_index: index })],
      index,
    };
  }

  /** Changes a task of the open workflow; nothing where there is no such task. */
  update(index: number, task: Task): Drafts {
    const item = this.item;
    if (item?.workflow.tasks[index] === undefined) return NONE;
    this.item = withTasks(item, item.workflow.tasks.with(index, task));
    return [updateOf(item, { type: 'workflow.task.updated', task, task_index: index })];
  }

  /** Closes the open workflow, with how long it took unless it has another summary. */
  end({ summary, expanded = false }: EndWorkflowOptions = {}): Drafts {
    const { item, shown } = this;
    this.forget();
    if (item === undefined || !shown) return NONE;
    const { workflow } = item;
    const sum = summary ?? workflow.summary ?? { duration: secondsSince(item.created_at) };
    return [
      { type: 'thread.item.done', item: { ...item, workflow: { ...workflow, summary: sum, expanded } } },
    ];
  }
}

function withTasks(item: WorkflowItem, tasks: Task[]): WorkflowItem {
  return { ...item, workflow: { ...item.workflow, tasks } };
}

function updateOf(
  { id }: WorkflowItem,
  update: { type: 'workflow.task.added' | 'workflow.task.updated'; task: Task; task_index: number },
): EventDraft {
  return { type: 'thread.item.updated', item_id: id, update };
}

function secondsSince(time: string): number {
  return Math.max(0, Math.floor((Date.now() - Date.parse(time)) / 1000));
}
