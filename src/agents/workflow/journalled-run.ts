import type { InterruptedRun } from '../approvals/run-state';
import type { RunCall } from './current-turn';
import type { Journal } from './journal';
import { isPaused, pausedRun, pauseOf, toolQuestion, type PausedRun } from './paused-run';
import type { AskedTool } from './question-widget';
import { keptOf, replayedRun, saidBy } from './replayed-run';
import type { JobResult } from './run-job';
import type { TurnHistory } from './turn-history';
import type { WorkflowRun } from './workflow-options';

/** The parts of a turn that its runs use. */
export interface RunTurn {
  readonly journal: Journal;
  readonly history: TurnHistory;
  /** Runs an agent, or resumes a run that waited for the user, and shows it. */
  start(call: RunCall, run: WorkflowRun, paused?: InterruptedRun): Promise<JobResult>;
  /** Resolves to the user's answer. */
  ask(message: string, tool: AskedTool): Promise<boolean>;
  /** @throws Error if the turn is over, or the replayed code does not do what it did before */
  assertPlace(place: string): void;
}

/**
 * Returns the result of a run, from the journal if the turn is replayed. If tools of its agent wait for the
 * user, the turn ends with a question; when the turn is replayed, the run resumes where it waited.
 */
export async function journalledRun(
  call: RunCall,
  run: WorkflowRun,
  place: string,
  turn: RunTurn,
): Promise<JobResult> {
  const { journal, history } = turn;
  const { agent, input } = call;
  const replay = (): JobResult => {
    const replayed = replayedRun(journal.take(place), agent, input);
    history.noteSaid(saidBy(replayed));
    return replayed;
  };
  let paused = takePause(journal, pauseOf(place, 1));
  if (paused === undefined) turn.assertPlace(place);
  if (paused !== undefined || journal.has(place)) history.inputFor(agent, run); // so that it recognises the items again
  if (paused === undefined && journal.has(place)) return replay();
  let decided: InterruptedRun | undefined;
  for (let count = 1; ; count += 1) {
    if (paused === undefined) {
      const started = (): Promise<JobResult> => turn.start(call, run, decided);
      const result = await journal.note(place, started, keptOf, (each) => !isPaused(each));
      if (!isPaused(result)) return result;
      paused = pausedRun(result);
      journal.put(pauseOf(place, count), paused);
    }
    decided = await decisions(agent.name, paused, turn);
    paused = takePause(journal, pauseOf(place, count + 1));
    if (paused === undefined && journal.has(place)) return replay();
  }
}

function takePause(journal: Journal, place: string): PausedRun | undefined {
  return journal.has(place) ? (journal.take(place) as PausedRun) : undefined;
}

/** Asks the user about each call of a waiting run, one after the other. */
async function decisions(agent: string, { state, calls }: PausedRun, turn: RunTurn): Promise<InterruptedRun> {
  const decided = [];
  for (const call of calls) {
    const isAccepted = await turn.ask(toolQuestion(agent, call), call);
    decided.push({ callId: call.callId, decision: isAccepted ? 'accepted' : 'declined' } as const);
  }
  return { state, calls: decided };
}
