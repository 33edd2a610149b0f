import type { ChatContext, EventDraft } from '../../context';
import type { WidgetRoot } from '../../protocol';
import { closeWidget } from '../approvals/close-widget';
import type { JournalEntry } from './journal';
import { questionWidget, type QuestionWidget, type WorkflowQuestion } from './question-widget';
import { expireWaiting, type Decided, type WaitingWorkflow } from './waiting-workflow';

export interface QuestionOptions {
  readonly approvalWidget?: QuestionWidget | undefined;
}

/** Updates the widget of a question that is no longer open, if it is still stored. */
export async function* closing(
  ctx: ChatContext,
  waiting: WaitingWorkflow,
  status: WorkflowQuestion['status'],
  { approvalWidget }: QuestionOptions,
): AsyncGenerator<EventDraft, void> {
  const make = (by?: QuestionWidget) => (): WidgetRoot => questionWidget(waiting, status, by);
  yield* closeWidget(ctx, waiting.itemId, make(approvalWidget), make());
}

/** Expires the waiting workflow, because the user has sent a message instead of clicking a button. */
export async function* giveUpQuestion(
  ctx: ChatContext,
  options: QuestionOptions,
): AsyncGenerator<EventDraft, void> {
  const waiting = await expireWaiting(ctx);
  if (waiting !== undefined) yield* closing(ctx, waiting, 'expired', options);
}

/** The entries of the journal, with the user's answer. */
export function entriesWith({ waiting, isAccepted }: Decided): JournalEntry[] {
  const { entries, place, message } = waiting;
  return [...entries, [place, JSON.stringify({ value: { message, isAccepted } })]];
}
