import type { ChatContext, EventDraft } from '../../context';
import { DeveloperError } from '../../errors';
import { replace } from '../../events';
import { isRecord, type WidgetItem } from '../../protocol';
import type { AgentLike } from '../sdk/agent';
import type { StreamedRun } from '../sdk/run-event';
import {
  acceptCall,
  approvalCard,
  declineCall,
  type ApprovalRequest,
  type ApprovalWidget,
} from './approval-widget';
import { approvalId, savePending, type PendingCall, type PendingRun } from './pending-run';

/** What is known of the approvals of an agent. */
export interface ApprovalSettings {
  readonly widget?: ApprovalWidget | undefined;
}

/** The agents whose approvals a controller handles. */
const settingsOf = new WeakMap<object, ApprovalSettings>();

export function handleApprovalsOf(agent: AgentLike, settings: ApprovalSettings): void {
  settingsOf.set(agent, settings);
}

/**
 * Keeps a run that waits for the user, and asks by a widget for each of its calls. Nothing for a run that
 * does not wait.
 *
 * @throws DeveloperError `approval_without_controller`
 */
export async function* askForApproval(
  agent: AgentLike,
  run: StreamedRun,
  ctx: ChatContext,
  messages: readonly string[],
): AsyncGenerator<EventDraft, void> {
  const interruptions = run.interruptions ?? [];
  if (interruptions.length === 0 || run.state === undefined) return;
  const settings = settingsOf.get(agent);
  if (settings === undefined) throw withoutController(agent);
  const { store } = ctx;
  const calls = interruptions.map(({ name = '', arguments: input, rawItem }): PendingCall => {
    const callId = isRecord(rawItem) ? String(rawItem['callId']) : '';
    return { callId, name, input: parsed(input), itemId: store.generateId('widget') };
  });
  const pending: PendingRun = {
    id: store.generateId('run'),
    threadId: ctx.thread.id,
    agent: agent.name,
    state: writeState(run),
    calls,
    messages,
    isTaken: false,
  };
  await savePending(ctx, pending);
  for (const [index, call] of calls.entries()) yield asking(ctx, pending, index, call, settings);
}

function asking(
  ctx: ChatContext,
  pending: PendingRun,
  index: number,
  call: PendingCall,
  settings: ApprovalSettings,
): EventDraft {
  const item: WidgetItem = {
    id: call.itemId,
    thread_id: ctx.thread.id,
    created_at: new Date().toISOString(),
    type: 'widget',
    widget: widgetOf(approvalId(pending.id, index), call, 'pending', settings),
  };
  return { type: 'thread.item.done', item };
}

/** The widget of a call, as it is now. */
export function closing(
  pending: PendingRun,
  call: PendingCall,
  status: ApprovalRequest['status'],
  settings: ApprovalSettings = {},
): EventDraft {
  const index = pending.calls.findIndex(({ callId }) => callId === call.callId);
  return replace(call.itemId, () => widgetOf(approvalId(pending.id, index), call, status, settings));
}

export function settingsFor(agent: AgentLike): ApprovalSettings | undefined {
  return settingsOf.get(agent);
}

function widgetOf(
  id: string,
  { name, input }: PendingCall,
  status: ApprovalRequest['status'],
  { widget = approvalCard }: ApprovalSettings,
) {
  return widget({ toolName: name, input, status, accept: acceptCall({ id }), decline: declineCall({ id }) });
}

/** The SDK writes the run's context too, which may hold secrets, or be of a class that it refuses. */
function writeState({ state, runContext }: StreamedRun): string {
  if (runContext === undefined) return state?.toString() ?? '';
  const { context } = runContext;
  runContext.context = {};
  try {
    return state?.toString() ?? '';
  } finally {
    runContext.context = context;
  }
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? (JSON.parse(text) as unknown) : text;
  } catch {
    return text;
  }
}

function withoutController({ name }: AgentLike): DeveloperError {
  return new DeveloperError(
    'approval_without_controller',
    `A tool of the agent "${name}" needs approval, and no controller handles the answer.`,
    'Add agentController({ agents: […] }) to the controllers, with this agent among its agents.',
  );
}
