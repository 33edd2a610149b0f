import type { EventDraft } from '../../context';
import type { CustomSummary, DurationSummary, Task, Workflow, WorkflowItem } from '../../protocol';
import { newHead, NONE, type Drafts, type Place } from './drafts';

/** How a workflow looks when it has ended. */
export interface EndWorkflowOptions {
  /** Instead of how long it took, or of the summary that it was started with. */
  summary?: CustomSummary | DurationSummary | undefined;
  /** Whether the page shows its tasks; they are folded by default. */
  expanded?: boolean | undefined;
}

/** What a workflow begins with; by default a `custom` one without tasks. */
export type WorkflowStart = Partial<Pick<Workflow, 'type' | 'tasks' | 'summary' | 'expanded'>>;

/**
 * The workflow that is open now: reasoning, or what tools do. There is one at a time. An item that comes
 * after it closes it; one that is open when the run ends is taken up by the next.
 */
export class CurrentWorkflow {
  private item: WorkflowItem | undefined;
  /** A workflow without a task is not shown before it has one, unless it is about reasoning. */
  private shown = false;
  /** Those that are done, of this run: a tool may end after an item has closed its workflow. */
  private readonly done = new Map<string, WorkflowItem>();

  constructor(private readonly place: Place) {}

  get open(): WorkflowItem | undefined {
    return this.item;
  }

  /** The one that the client has seen and that is not done. */
  get leftOpen(): WorkflowItem | undefined {
    return this.shown ? this.item : undefined;
  }

  /** All that the client has seen of this run. */
  get sent(): WorkflowItem[] {
    return [...this.done.values(), ...(this.leftOpen === undefined ? [] : [this.leftOpen])];
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

  /** What came after this state of it was taken back. */
  rewind(item: WorkflowItem | undefined): void {
    if (item === undefined) {
      this.forget();
      return;
    }
    this.done.delete(item.id);
    this.takeUp(item);
  }

  start(start: WorkflowStart = {}): Drafts {
    const ended = this.end();
    const item = (this.item = this.newItem(start));
    this.shown = item.workflow.type === 'reasoning' || item.workflow.tasks.length > 0;
    return this.shown ? [...ended, { type: 'thread.item.added', item }] : ended;
  }

  /** Adds a task, to a new workflow where none is open. */
  add(task: Task): { events: Drafts; index: number; workflowId: string } {
    const { item = this.newItem({}), shown } = this;
    const { id: workflowId } = item;
    const index = item.workflow.tasks.length;
    this.item = withTasks(item, [...item.workflow.tasks, task]);
    this.shown = true;
    const event: EventDraft = shown
      ? updateOf(item, { type: 'workflow.task.added', task, task_index: index })
      : { type: 'thread.item.added', item: this.item };
    return { events: [event], index, workflowId };
  }

  /**
   * Changes a task of the open workflow, or of one that is done; nothing where there is no such task.
   *
   * @param workflowId the open one by default
   */
  update(index: number, task: Task, workflowId = this.item?.id): Drafts {
    const done = workflowId === undefined ? undefined : this.done.get(workflowId);
    const item = done ?? this.item;
    if (item?.id !== workflowId || item?.workflow.tasks[index] === undefined) return NONE;
    if (done !== undefined) {
      const changed = withTasks(done, done.workflow.tasks.with(index, task));
      this.done.set(done.id, changed);
      return [{ type: 'thread.item.replaced', item: changed }];
    }
    this.item = withTasks(item, item.workflow.tasks.with(index, task));
    return [updateOf(item, { type: 'workflow.task.updated', task, task_index: index })];
  }

  /** Closes the open workflow, with how long it took unless it has another summary. */
  end({ summary, expanded = false }: EndWorkflowOptions = {}): Drafts {
    const { item, shown } = this;
    this.forget();
    if (item === undefined || !shown) return NONE;
    const { workflow } = item;
    const sum = summary ??
      workflow.summary ?? { duration: secondsBetween(item.created_at, this.place.now()) };
    const done = { ...item, workflow: { ...workflow, summary: sum, expanded } };
    this.done.set(done.id, done);
    return [{ type: 'thread.item.done', item: done }];
  }

  private newItem({ type = 'custom', tasks = [], summary, expanded = false }: WorkflowStart): WorkflowItem {
    return {
      ...newHead(this.place, 'workflow'),
      type: 'workflow',
      workflow: { type, tasks: [...tasks], summary, expanded },
    };
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

function secondsBetween(from: string, to: string): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 1000));
}
