import type { ActionConfig, WidgetRoot } from '../../protocol';
import { decisionAction, decisionCard, type DecisionStatus } from './decision';

/** Sent by the buttons of the widget that asks; handled by `agentController()`. */
export const acceptCall = decisionAction('agent.approval.accept');
export const declineCall = decisionAction('agent.approval.decline');

/** A tool call that waits for the user, or did. */
export interface ApprovalRequest {
  readonly toolName: string;
  /** What the model calls the tool with. */
  readonly input: unknown;
  /** `expired`: the conversation went on without an answer. */
  readonly status: DecisionStatus;
  /** For a button of the widget, while the status is `pending`. */
  readonly accept: ActionConfig;
  readonly decline: ActionConfig;
}

/** Makes the widget of a tool call that waits for the user. */
export type ApprovalWidget = (request: ApprovalRequest) => WidgetRoot;

/** The tool's name, what it is called with, and two buttons. */
export const approvalCard: ApprovalWidget = (request) =>
  decisionCard(
    [
      { type: 'Title', value: request.toolName, size: 'sm' },
      { type: 'Markdown', value: `\`\`\`json\n${JSON.stringify(request.input, null, 2)}\n\`\`\`` },
    ],
    request,
  );
