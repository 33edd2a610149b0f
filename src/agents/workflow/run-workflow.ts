import type { ChatContext, EventDraft, RequestContext } from '../../context';
import type { UserMessageItem } from '../../protocol';
import { Journal } from './journal';
import { loadTurn } from './load-turn';
import { Masking } from './masking';
import { closing, entriesWith, giveUpQuestion } from './questions';
import { ending } from './turn-ending';
import { messageText, TurnHistory } from './turn-history';
import { hintAtNames } from './turn-hints';
import { takeDecided } from './waiting-workflow';
import type { RunWorkflowOptions, Workflow, WorkflowInput } from './workflow-options';
import { WorkflowTurn } from './workflow-turn';

/**
 * Answers with a workflow that Agent Builder exported. The chat shows its agents in the order in which they
 * run, and the agents read the earlier turns of the thread. Change two lines of the exported file:
 *
 *     import { Agent, Runner as SdkRunner, withTrace } from '@openai/agents';
 *     const Runner = chatRunner(SdkRunner);
 *
 * @returns events; a handler returns them, or uses `yield*`
 * @throws errors of the workflow
 *
 * @example
 * `@OnMessage()`
 * reply(message: UserMessageItem | null, ctx: ChatContext) {
 *   return runWorkflow(support.runWorkflow, ctx, { show: { Triage: 'nothing' } });
 * }
 */
export async function* runWorkflow<I = WorkflowInput, R = unknown, T = RequestContext>(
  workflow: Workflow<I, R>,
  chat: ChatContext<T>,
  options: RunWorkflowOptions<I, R, T> = {},
): AsyncGenerator<EventDraft, void> {
  const ctx = chat as ChatContext;
  const decided = takeDecided(ctx);
  if (decided === undefined) yield* giveUpQuestion(ctx, options);
  else yield* closing(ctx, decided.waiting, decided.isAccepted ? 'accepted' : 'declined', options);
  const waiting = decided?.waiting;
  const begun = waiting && { ...waiting, message: waiting.userMessage };
  const loaded = await loadTurn(ctx, options, begun);
  const input = waiting === undefined ? await inputFor(chat.message, chat, options) : (waiting.input as I);
  const given = JSON.stringify(input) as string | undefined; // before a guardrail masks it in place
  const { message } = loaded.start;
  const masking = new Masking(ctx, message?.id, input, messageText(message));
  const journal = new Journal(decided && entriesWith(decided));
  const turn = new WorkflowTurn({
    ctx,
    options,
    journal,
    history: new TurnHistory(
      { ...loaded, isMessage: (text) => masking.isMessage(text) },
      options.readsHistory,
    ),
    answered: waiting?.place,
    beforeRun: () => masking.keep(),
    progress: loaded.notes.progress,
    states: waiting?.states,
  });
  turn.texts.push(...(waiting?.texts ?? []));
  const end = yield* turn.events(() => workflow(input));
  if (end.type === 'stopped') return;
  await masking.keep();
  if (end.type === 'returned') {
    await turn.states.keep();
    hintAtNames(ctx, workflow, options as RunWorkflowOptions, { ...end, agents: turn.agents });
  }
  yield* turn.workflow.end();
  const { texts, hasShown, states } = turn;
  yield* ending(end, {
    ...{ ctx, options, texts, hasShown, given, waiting },
    entries: journal.entries,
    start: loaded.start,
    states: states.begun,
  });
}

async function inputFor<I, R, T>(
  message: UserMessageItem | null,
  ctx: ChatContext<T>,
  { input }: RunWorkflowOptions<I, R, T>,
): Promise<I> {
  if (input !== undefined) return input(message, ctx);
  return { input_as_text: messageText(message) } as I; // the argument of an exported workflow
}
