import type { ChatContext, EventDraft } from '../../context';
import type { WidgetRoot } from '../../protocol';
import { closeWidget } from '../approvals/close-widget';
import type { JournalEntry } from './journal';
import { questionWidget, type QuestionWidget, type WorkflowQuestion } from './question-widget';
import { expireWaiting, type Decided, type WaitingWorkflow } from './waiting-workflow';

export interface QuestionOptions {
  readonly approvalWidget?: QuestionWidget | undefined;
}

/** The widget of a question that is not open any more, where it is still there. */
export async function* closing(
  ctx: ChatContext,
  waiting: WaitingWorkflow,
  status: WorkflowQuestion['status'],
  { approvalWidget }: QuestionOptions,
): AsyncGenerator<EventDraft, void> {
  const make = (by?: QuestionWidget) => (): WidgetRoot => questionWidget(waiting, status, by);
  yield* closeWidget(ctx, waiting.itemId, make(approvalWidget), make());
}

/** A new message before the click: the workflow that waits is given up. */
export async function* giveUpQuestion(
  ctx: ChatContext,
  options: QuestionOptions,
): AsyncGenerator<EventDraft, void> {
  const waiting = await expireWaiting(ctx);
  if (waiting !== undefined) yield* closing(ctx, waiting, 'expired', options);
}

/** The journal with what the user says. */
export function entriesWith({ waiting, isAccepted }: Decided): JournalEntry[] {
  const { entries, place, message } = waiting;
  return [...entries, [place, JSON.stringify({ value: { message, isAccepted } })]];
}
