import type { ChatContext, EventDraft } from '../../context';
import { DeveloperError } from '../../errors';
import { assistantMessage, notice } from '../../events';
import type { JournalEntry } from './journal';
import type { TurnStart } from './load-turn';
import { questionWidget } from './question-widget';
import { closing, type QuestionOptions } from './questions';
import { isFailOutput, textIn } from './returned-text';
import { hintAtNothing } from './turn-hints';
import { saveWaiting, type WaitingWorkflow } from './waiting-workflow';
import type { RunWorkflowOptions } from './workflow-options';
import type { BegunStates } from './turn-states';
import type { Question, TurnEnd } from './turn-end';

const REFUSAL = 'I’m sorry, but I can’t help with that.';

/** The data of a turn at its end. */
export interface Ended<R> {
  readonly ctx: ChatContext;
  readonly options: Pick<RunWorkflowOptions<never, R>, 'answer' | 'refusal'> & QuestionOptions;
  /** The texts that agents have shown. */
  readonly texts: readonly string[];
  /** Whether they have shown more than tasks in this turn. */
  readonly hasShown: boolean;
  readonly entries: readonly JournalEntry[];
  readonly start: TurnStart;
  /** The states at the start of the turn. */
  readonly states: BegunStates;
  /** The argument of the workflow, as JSON. */
  readonly given: string | undefined;
  /** The question that the user has answered, if the turn was replayed. */
  readonly waiting: WaitingWorkflow | undefined;
}

/** Yields what follows the runs of a turn: the text that the workflow returns, or a question to the user. */
export async function* ending<R>(
  end: Exclude<TurnEnd, { type: 'stopped' }>,
  ended: Ended<R>,
): AsyncGenerator<EventDraft, void> {
  switch (end.type) {
    case 'threw':
      throw end.error;
    case 'waits':
      return yield* asking(end, ended);
    case 'changed':
      return yield* expiring(end.reason, ended);
    case 'returned': {
      const text = answerIn(end.value as R, ended);
      if (text !== undefined && text.trim() !== '') yield assistantMessage(text);
    }
  }
}

/** The text to show for the result of a workflow. */
function answerIn<R>(returned: R, { ctx, options, texts, hasShown }: Ended<R>): string | undefined {
  if (options.answer !== undefined) return options.answer(returned);
  if (isFailOutput(returned)) {
    const { refusal = REFUSAL } = options;
    return typeof refusal === 'string' ? refusal : refusal(returned);
  }
  const text = textIn(returned);
  if (!hasShown && (text ?? '').trim() === '') hintAtNothing(ctx, returned);
  return text !== undefined && texts.some((shown) => shown.trim() === text.trim()) ? undefined : text;
}

async function* asking<R>(
  { message, tool, place }: Question,
  { ctx, options, texts, entries, start, states, given }: Ended<R>,
): AsyncGenerator<EventDraft, void> {
  const { store } = ctx;
  const id = store.generateId('run');
  const itemId = store.generateId('widget');
  const { message: userMessage, before, count } = start;
  const input = inputIn(given);
  await saveWaiting(ctx, {
    id,
    itemId,
    message,
    tool,
    place,
    entries,
    input,
    userMessage,
    before,
    count,
    texts,
    states,
  });
  const widget = questionWidget({ id, message, tool }, 'pending', options.approvalWidget);
  yield { type: 'thread.item.done', item: { id: itemId, type: 'widget', widget } };
}

async function* expiring<R>(
  reason: Error,
  { ctx, options, waiting }: Ended<R>,
): AsyncGenerator<EventDraft, void> {
  ctx.log.warn({ err: reason }, 'a workflow that waited for the user has changed, and cannot go on');
  if (waiting !== undefined) yield* closing(ctx, waiting, 'expired', options);
  yield notice('warning', 'This request has changed in the meantime and cannot continue. Please ask again.');
}

function inputIn(given: string | undefined): unknown {
  if (given !== undefined) return JSON.parse(given);
  throw new DeveloperError(
    'not_for_journal',
    'A workflow that asks the user was called with an input that cannot be stored as JSON.',
    'Return plain data from the option `input`.',
  );
}
