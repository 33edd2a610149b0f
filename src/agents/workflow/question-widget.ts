import type { ActionConfig, WidgetRoot } from '../../protocol';
import { decisionAction, decisionCard, type DecisionStatus } from '../approvals/decision';

/** Sent by the buttons of the widget that asks; handled by `workflowController()`. */
export const acceptQuestion = decisionAction('workflow.approval.accept');
export const declineQuestion = decisionAction('workflow.approval.decline');

/** A call of a tool with `needsApproval`, or of a hosted one that asks. */
export interface AskedTool {
  readonly name: string;
  /** What the model calls it with. */
  readonly input: unknown;
}

/** What a workflow asks the user to approve. */
export interface WorkflowQuestion {
  /** What `approvalRequest()` was called with; of a tool a text with its name and input. */
  readonly message: string;
  /** The tool of an agent that waits for the user; nothing for an `approvalRequest()`. */
  readonly tool: AskedTool | undefined;
  /** `expired`: the conversation went on without an answer, or the workflow has changed meanwhile. */
  readonly status: DecisionStatus;
  /** For a button of the widget, while the status is `pending`. */
  readonly accept: ActionConfig;
  readonly decline: ActionConfig;
}

/** Makes the widget of a question. */
export type QuestionWidget = (question: WorkflowQuestion) => WidgetRoot;

/** The message and two buttons. */
const questionCard: QuestionWidget = (question) =>
  decisionCard([{ type: 'Markdown', value: question.message }], question);

/** The widget of a question as it is now. */
export function questionWidget(
  { id, message, tool }: { id: string; message: string; tool?: AskedTool | undefined },
  status: WorkflowQuestion['status'],
  make: QuestionWidget = questionCard,
): WidgetRoot {
  return make({ message, tool, status, accept: acceptQuestion({ id }), decline: declineQuestion({ id }) });
}
