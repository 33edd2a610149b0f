import type { ActionConfig, WidgetRoot } from '../../protocol';
import { decisionAction, decisionCard, type DecisionStatus } from './decision';

/** Sent by the buttons of the widget that asks; handled by `agentController()`. */
export const acceptCall = decisionAction('agent.approval.accept');
export const declineCall = decisionAction('agent.approval.decline');

/** A tool call that waits for the user's decision, or has been decided. */
export interface ApprovalRequest {
  readonly toolName: string;
  /** The arguments of the tool call. */
  readonly input: unknown;
  /** `expired`: the conversation continued without a decision. */
  readonly status: DecisionStatus;
  /** The action of a button, while the status is `pending`. */
  readonly accept: ActionConfig;
  readonly decline: ActionConfig;
}

/** Builds the widget of a tool call that waits for the user's decision. */
export type ApprovalWidget = (request: ApprovalRequest) => WidgetRoot;

/** A card with the tool's name, its input, and two buttons. */
export const approvalCard: ApprovalWidget = (request) =>
  decisionCard(
    [
      { type: 'Title', value: request.toolName, size: 'sm' },
      { type: 'Markdown', value: `\`\`\`json\n${JSON.stringify(request.input, null, 2)}\n\`\`\`` },
    ],
    request,
  );
