import type { EventDraft } from '../../context';
import {
  settledWorkflow,
  type CustomSummary,
  type DurationSummary,
  type Task,
  type Workflow,
  type WorkflowItem,
} from '../../protocol';
import { newHead, NONE, type Drafts, type Place } from './drafts';

/** How a workflow is shown after its end. */
export interface EndWorkflowOptions {
  /** By default the summary that it was started with, or else how long it took. */
  summary?: CustomSummary | DurationSummary | undefined;
  /** Whether the page shows its tasks; collapsed by default. */
  expanded?: boolean | undefined;
}

/** The initial state of a workflow; by default a `custom` one without tasks. */
export type WorkflowStart = Partial<Pick<Workflow, 'type' | 'tasks' | 'summary' | 'expanded'>>;

/**
 * The open workflow item: reasoning, or the tasks of tools. Only one is open at a time. The next item closes
 * it. If it is still open when the run ends, the next run continues it.
 */
export class CurrentWorkflow {
  private item: WorkflowItem | undefined;
  /** Whether the client has it. A workflow that is not reasoning is first shown when it has a task. */
  private shown = false;
  /** Closed workflows of this run: a tool may end after an item has closed its workflow. */
  private readonly done = new Map<string, WorkflowItem>();

  constructor(private readonly place: Place) {}

  get open(): WorkflowItem | undefined {
    return this.item;
  }

  /** The open workflow, if the client has it. */
  get leftOpen(): WorkflowItem | undefined {
    return this.shown ? this.item : undefined;
  }

  /** All workflows of this run that the client has. */
  get sent(): WorkflowItem[] {
    return [...this.done.values(), ...(this.leftOpen === undefined ? [] : [this.leftOpen])];
  }

  /** Continues a workflow that the client has: one of an earlier turn, or one that a tool sent itself. */
  takeUp(item: WorkflowItem): void {
    this.item = item;
    this.shown = true;
  }

  /** Forgets the open workflow, for example after a tool has sent its end itself. */
  forget(): void {
    this.item = undefined;
    this.shown = false;
  }

  /** Returns to an earlier state: the changes after it were taken back. */
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

  /** Adds a task; starts a workflow if none is open. */
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
   * Changes a task of the open workflow, or of a closed one. Returns no events if there is no such task.
   *
   * @param workflowId by default that of the open workflow
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

  /** Takes tasks back, with their workflow if it has no others. Changes the indexes of later tasks. */
  withdraw(workflowId: string, indexes: ReadonlySet<number>): Drafts {
    const item = this.done.get(workflowId) ?? this.item;
    if (item?.id !== workflowId) return NONE;
    const rest = withTasks(
      item,
      item.workflow.tasks.filter((_, index) => !indexes.has(index)),
    );
    const isOpen = item === this.item;
    if (rest.workflow.tasks.length > 0) {
      if (isOpen) this.item = rest;
      else this.done.set(workflowId, rest);
      return [{ type: 'thread.item.replaced', item: rest }];
    }
    if (isOpen) this.forget();
    this.done.delete(workflowId);
    return [{ type: 'thread.item.removed', item_id: workflowId }];
  }

  /** Closes the open workflow. Its summary is how long it took, unless it has another one. */
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

  /** No task stays loading: the run has failed. */
  settle(): Drafts {
    const replaced = [...this.done.values()].flatMap((done): Drafts => {
      const item = settledWorkflow(done);
      if (item === undefined) return NONE;
      this.done.set(item.id, item);
      return [{ type: 'thread.item.replaced', item }];
    });
    const open = this.leftOpen && settledWorkflow(this.leftOpen);
    const updated = open?.workflow.tasks.flatMap((task, index) =>
      task.status_indicator === this.item?.workflow.tasks[index]?.status_indicator
        ? NONE
        : this.update(index, task),
    );
    return [...replaced, ...(updated ?? NONE)];
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
