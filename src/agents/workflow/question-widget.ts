import type { ActionConfig, WidgetRoot } from '../../protocol';
import { decisionAction, decisionCard, type DecisionStatus } from '../approvals/decision';

/** Sent by the buttons of the widget that asks; handled by `workflowController()`. */
export const acceptQuestion = decisionAction('workflow.approval.accept');
export const declineQuestion = decisionAction('workflow.approval.decline');

/** A call of a tool with `needsApproval`, or of a hosted tool that needs approval. */
export interface AskedTool {
  readonly name: string;
  /** The arguments of the call. */
  readonly input: unknown;
}

/** What a workflow asks the user to approve. */
export interface WorkflowQuestion {
  /** The argument of `approvalRequest()`; for a tool call, a text with its name and input. */
  readonly message: string;
  /** The tool call that waits for the user; `undefined` for an `approvalRequest()`. */
  readonly tool: AskedTool | undefined;
  /** `expired`: the conversation continued without an answer, or the workflow's code has changed. */
  readonly status: DecisionStatus;
  /** The action of a button, while the status is `pending`. */
  readonly accept: ActionConfig;
  readonly decline: ActionConfig;
}

/** Builds the widget of a question. */
export type QuestionWidget = (question: WorkflowQuestion) => WidgetRoot;

/** The message and two buttons. */
const questionCard: QuestionWidget = (question) =>
  decisionCard([{ type: 'Markdown', value: question.message }], question);

/** Builds the widget of a question with a status. */
export function questionWidget(
  { id, message, tool }: { id: string; message: string; tool?: AskedTool | undefined },
  status: WorkflowQuestion['status'],
  make: QuestionWidget = questionCard,
): WidgetRoot {
  return make({ message, tool, status, accept: acceptQuestion({ id }), decline: declineQuestion({ id }) });
}
