import { setImmediate } from 'node:timers/promises';
import { handlesAction, type ChatContext, type EventDraft } from '../../context';
import { runEnded } from '../../pipeline';
import { isRecord } from '../../protocol';
import { interruptedCall } from '../approvals/interrupted-call';
import type { InterruptedRun } from '../approvals/run-state';
import { CurrentWorkflow } from '../convert/current-workflow';
import { heldIfLeft, until } from '../run/promises';
import { settleTasks } from '../run/settle-tasks';
import { inTurn, type CurrentTurn, type RunCall } from './current-turn';
import { JobQueue } from './job-queue';
import { plainOf, type Journal } from './journal';
import { journalledRun, type RunTurn } from './journalled-run';
import { OpenQuestions } from './open-questions';
import { isStructured } from './output-type';
import { acceptQuestion, type AskedTool } from './question-widget';
import { saidBy } from './replayed-run';
import { Refusals } from './refusals';
import { RunJob, type JobResult } from './run-job';
import type { StateDefinition } from './kept-state';
import {
  approvalInStep,
  approvalNotAwaited,
  noController,
  toolWaitsInStep,
  WorkflowChanged,
  WorkflowWaits,
  type TurnEnd,
} from './turn-end';
import type { TurnHistory } from './turn-history';
import { keepProgress } from './thread-notes';
import { TurnStates, type BegunStates } from './turn-states';
import { ruleFor, type RunWorkflowOptions, type Shown, type WorkflowRun } from './workflow-options';

/** The options for showing the runs of a turn. */
export type TurnOptions = Pick<RunWorkflowOptions, 'show' | 'widgets' | 'streamConverter' | 'toolActivity'>;

export interface TurnInit {
  readonly ctx: ChatContext;
  readonly options: TurnOptions;
  readonly history: TurnHistory;
  readonly journal: Journal;
  /** The place of the question that the user has answered, if the turn is replayed. */
  readonly answered: string | undefined;
  /** Called before each run is shown. */
  readonly beforeRun: () => Promise<void>;
  /** The names of agents that were shown as tasks in earlier turns. */
  readonly progress: readonly string[];
  /** The states at the first start of the turn, if it is replayed. */
  readonly states: BegunStates | undefined;
}

/** A turn that a workflow answers. It shows the runs one after the other, in the order of their calls. */
export class WorkflowTurn implements CurrentTurn {
  readonly ctx: ChatContext;
  /** The workflow item of this turn. */
  readonly workflow: CurrentWorkflow;
  /** The texts that agents have shown. */
  readonly texts: string[] = [];
  readonly states: TurnStates;
  /** The names of agents that have run. */
  readonly agents = new Set<string>();
  /** Whether its runs have shown more than tasks. */
  hasShown = false;
  private readonly questions = new OpenQuestions(() => this.notAwaited());
  private readonly queue = new JobQueue<RunJob>();
  private readonly stop = new AbortController();
  private readonly signal: AbortSignal;
  /** Runs and steps in progress, which are not in the journal yet. */
  private readonly atWork = new Set<Promise<unknown>>();
  private readonly refusals = new Refusals();
  /** The names of agents that are recorded as shown as tasks. */
  private readonly progress: Set<string>;
  private runs = 0;
  private end: TurnEnd | undefined;
  /** The error for further calls, once the turn is over. */
  private over: Error | undefined;

  constructor(private readonly init: TurnInit) {
    this.ctx = init.ctx;
    this.states = new TurnStates(init.ctx, init.states);
    this.progress = new Set(init.progress);
    const { store, thread, signal } = init.ctx;
    this.workflow = new CurrentWorkflow({
      threadId: thread.id,
      newId: (kind) => store.generateId(kind),
      now: () => store.now(),
    });
    this.signal = AbortSignal.any([signal, this.stop.signal]);
  }

  /** Runs the workflow's code and yields the events of its runs. Returns how the code ended. */
  async *events(code: () => unknown): AsyncGenerator<EventDraft, TurnEnd> {
    const onAbort = (): void => this.finish({ type: 'stopped' }, runEnded());
    this.ctx.signal.addEventListener('abort', onAbort);
    try {
      this.begin(code);
      for (let job = await this.queue.next(); job !== undefined; job = await this.queue.next()) {
        await this.init.beforeRun();
        yield* job.events();
        this.texts.push(...job.texts);
        this.hasShown ||= job.hasShown;
      }
      if (this.end?.type === 'waits') {
        await until(this.ctx.signal, Promise.allSettled([...this.atWork, this.questions.settled()]));
      }
      return this.ctx.signal.aborted || this.end === undefined ? { type: 'stopped' } : this.end;
    } finally {
      this.ctx.signal.removeEventListener('abort', onAbort);
      this.finish({ type: 'stopped' }, runEnded());
      if (this.ctx.signal.aborted) await settleTasks(this.ctx, this.workflow);
    }
  }

  run(call: RunCall): Promise<unknown> {
    this.questions.goOn();
    if (this.over !== undefined) return this.refuse(this.over);
    const { journal } = this.init;
    const run = { index: this.runs++, input: call.input };
    this.agents.add(call.agent.name);
    return this.track(journalledRun(call, run, journal.place('run', call.agent.name), this.runTurn()));
  }

  approve(message: string): Promise<boolean> {
    if (this.over !== undefined) return this.refuse(this.over);
    return this.questions.ask(this.ask(message));
  }

  step<R>(name: string, work: () => R | PromiseLike<R>): Promise<R> {
    this.questions.goOn();
    if (this.over !== undefined) return this.refuse(this.over);
    return this.track(this.journalledStep(name, work));
  }

  state<S extends object>(definition: StateDefinition<S>): Promise<S> {
    return this.states.use(definition);
  }

  private refuse(reason: Error): Promise<never> {
    return heldIfLeft(this.refusals.refuse(reason));
  }

  private track<R>(doing: Promise<R>): Promise<R> {
    this.atWork.add(doing);
    const done = (): void => void this.atWork.delete(doing);
    doing.then(done, done);
    return doing;
  }

  private begin(code: () => unknown): void {
    if (this.ctx.signal.aborted) {
      this.finish({ type: 'stopped' }, runEnded());
      return;
    }
    const running = inTurn(this, async () => code());
    running.then(
      (value) => this.returned(value),
      (error: unknown) => this.threw(error),
    );
  }

  private threw(error: unknown): void {
    if (this.end?.type === 'waits' && this.questions.areOpen) this.questions.leave();
    this.finish({ type: 'threw', error }, runEnded());
  }

  private returned(value: unknown): void {
    if (this.questions.areOpen) this.questions.leave();
    if (this.end === undefined && this.init.journal.isReplaying) this.changed('it asks no question now');
    else this.finish({ type: 'returned', value });
  }

  /**
   * Ends the turn; the first end counts. Runs that the workflow did not await are still shown, unless it was
   * stopped or threw.
   *
   * @param over the error for further calls
   */
  private finish(end: TurnEnd, over?: Error): void {
    const isFirst = this.end === undefined;
    this.end ??= end;
    this.over ??= over;
    const isBroken = end.type === 'stopped' || (isFirst && end.type === 'threw');
    if (isBroken) {
      for (const job of this.queue.clear()) job.giveUp(this.over ?? runEnded());
      this.stop.abort(this.over); // also stops the run that is being shown
    }
    this.queue.end();
  }

  private runTurn(): RunTurn {
    const { journal, history } = this.init;
    return {
      ...{ journal, history },
      start: (call, run, paused) => this.start(call, run, paused),
      ask: (message, tool) => this.ask(message, tool),
      assertPlace: (place) => this.assertPlace(place),
    };
  }

  private async start(call: RunCall, run: WorkflowRun, paused?: InterruptedRun): Promise<JobResult> {
    try {
      const result = await this.show(call, run, paused);
      this.init.history.noteSaid(saidBy(result));
      return result;
    } catch (error) {
      if (error instanceof WorkflowChanged) this.finish({ type: 'changed', reason: error }, error);
      await setImmediate(); // code that retries in a loop may fail each time without ever waiting
      throw error;
    }
  }

  private show(call: RunCall, run: WorkflowRun, paused?: InterruptedRun): Promise<JobResult> {
    const { ctx, workflow, signal } = this;
    const { history, options } = this.init;
    const { agent, options: given } = call;
    const hasOwn = given.session ?? given.conversationId ?? given.previousResponseId;
    const input = hasOwn === undefined ? history.inputFor(agent, run) : call.input;
    const widget = ruleFor(options.widgets, agent, run);
    const shown = ruleFor(options.show, agent, run) ?? defaultFor(call, widget !== undefined);
    const job = new RunJob(call, {
      ...{ ctx, workflow, signal, input, shown, widget, options, paused },
      noteProgress: (name) => this.noteProgress(name),
    });
    this.queue.push(job);
    return job.result;
  }

  /** Must be called before an agent is shown as a task: later turns do not read such tasks. */
  private async noteProgress(name: string): Promise<void> {
    if (this.progress.has(name)) return;
    this.progress.add(name);
    await keepProgress(this.ctx, [name]);
  }

  private async journalledStep<R>(name: string, work: () => R | PromiseLike<R>): Promise<R> {
    const { journal } = this.init;
    const place = this.placeOf('step', name);
    if (journal.has(place)) return journal.take(place) as R;
    return journal.note(
      place,
      () => inTurn(this.withinStep(), work),
      (result) => plainOf(place, result),
    );
  }

  /** The turn for code in a step: only the result of the step is recorded, not its runs. */
  private withinStep(): CurrentTurn {
    return {
      ctx: this.ctx,
      run: (call) => {
        if (this.over !== undefined) return this.refuse(this.over);
        return heldIfLeft(this.runInStep(call));
      },
      approve: () => this.refuse(this.over ?? this.failed(approvalInStep())),
      step: async (_name, work) => work(),
      state: (definition) => this.state(definition),
    };
  }

  private async runInStep(call: RunCall): Promise<JobResult> {
    const result = await this.start(call, { index: this.runs++, input: call.input });
    const [waiting] = result.interruptions ?? [];
    if (waiting !== undefined) throw toolWaitsInStep(call.agent.name, interruptedCall(waiting).name);
    return result;
  }

  private async ask(message: string, tool?: AskedTool): Promise<boolean> {
    const { journal, answered } = this.init;
    const place = this.placeOf('approval', 'of the user');
    if (journal.has(place)) {
      const answer = journal.take(place);
      if (!isRecord(answer) || answer['message'] !== message) throw this.changed(place);
      if (place === answered) {
        await setImmediate(); // parallel code reaches its earlier results first
        if (journal.isReplaying) throw this.changed('it does less than before');
      }
      return answer['isAccepted'] === true;
    }
    if (handlesAction(this.ctx, acceptQuestion.action) === false) throw this.failed(noController());
    const waits = new WorkflowWaits();
    this.finish({ type: 'waits', message, tool, place }, waits);
    throw waits;
  }

  /** @throws Error if the turn is over, or the replayed code does not do what it did before */
  private placeOf(kind: string, name: string): string {
    const place = this.init.journal.place(kind, name);
    this.assertPlace(place);
    return place;
  }

  private assertPlace(place: string): void {
    if (this.over !== undefined) throw this.over;
    const { journal } = this.init;
    if (!journal.has(place) && journal.isReplaying) throw this.changed(place);
  }

  private failed(error: Error): Error {
    this.finish({ type: 'threw', error }, error);
    return error;
  }

  /** Fails, because the workflow continues without an answer. The user is not asked. */
  private notAwaited(): void {
    if (this.end?.type === 'waits') this.end = undefined;
    this.failed(approvalNotAwaited());
  }

  private changed(place: string): WorkflowChanged {
    const reason = new WorkflowChanged(place);
    this.finish({ type: 'changed', reason }, reason);
    return reason;
  }
}

function defaultFor({ agent }: RunCall, hasWidget: boolean): Shown {
  if (hasWidget) return 'nothing';
  return isStructured(agent) ? 'progress' : 'text';
}
