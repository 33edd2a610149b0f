import type { ActionConfig, WidgetRoot } from '../../protocol';
import { defineAction } from '../../widgets';
import { z } from 'zod';

const approval = z.object({ id: z.string().max(100) });

/** Sent by the buttons of the widget that asks; handled by `agentController()`. */
export const acceptCall = defineAction('agent.approval.accept', approval);
export const declineCall = defineAction('agent.approval.decline', approval);

/** A tool call that waits for the user, or did. */
export interface ApprovalRequest {
  readonly toolName: string;
  /** What the model calls the tool with. */
  readonly input: unknown;
  /** `expired`: the conversation went on without an answer. */
  readonly status: 'pending' | 'accepted' | 'declined' | 'expired';
  /** For a button of the widget, while the status is `pending`. */
  readonly accept: ActionConfig;
  readonly decline: ActionConfig;
}

/** Makes the widget of a tool call that waits for the user. */
export type ApprovalWidget = (request: ApprovalRequest) => WidgetRoot;

const STATUS = { accepted: 'Accepted', declined: 'Declined', expired: 'Expired' } as const;

/** The tool's name, what it is called with, and two buttons. */
export const approvalCard: ApprovalWidget = ({ toolName, input, status, accept, decline }) => ({
  type: 'Card',
  children: [
    { type: 'Title', value: toolName, size: 'sm' },
    { type: 'Markdown', value: `\`\`\`json\n${JSON.stringify(input, null, 2)}\n\`\`\`` },
    ...(status === 'pending' ? [] : [{ type: 'Caption', value: STATUS[status] }]),
  ],
  ...(status === 'pending'
    ? { confirm: { label: 'Accept', action: accept }, cancel: { label: 'Decline', action: decline } }
    : {}),
});
