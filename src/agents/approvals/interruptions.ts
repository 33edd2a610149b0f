import type { ChatContext, EventDraft } from '../../context';
import { DeveloperError } from '../../errors';
import { replace } from '../../events';
import type { WidgetItem, WidgetRoot } from '../../protocol';
import type { AgentLike } from '../sdk/agent';
import { storedItem } from '../input/stored-item';
import type { Known } from '../run/agent-state';
import type { StreamedRun } from '../sdk/run-event';
import { interruptedCall } from './interrupted-call';
import { writeState } from './run-state';
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
  known: Known,
): AsyncGenerator<EventDraft, void> {
  const interruptions = run.interruptions ?? [];
  if (interruptions.length === 0 || run.state === undefined) return;
  const settings = settingsOf.get(agent);
  if (settings === undefined) throw withoutController(agent);
  const { store } = ctx;
  const calls = interruptions.map((interruption): PendingCall => ({
    ...interruptedCall(interruption),
    itemId: store.generateId('widget'),
  }));
  const pending = await savePending(ctx, {
    id: store.generateId('run'),
    agent: agent.name,
    state: writeState(run),
    calls,
    known: { ...known, others: [...known.others, ...calls.map(({ itemId }) => itemId)] },
  });
  for (const call of calls) yield asking(ctx, pending, call, settings);
}

function asking(
  ctx: ChatContext,
  pending: PendingRun,
  call: PendingCall,
  settings: ApprovalSettings,
): EventDraft {
  const item: WidgetItem = {
    id: call.itemId,
    thread_id: ctx.thread.id,
    created_at: new Date().toISOString(),
    type: 'widget',
    widget: widgetOf(pending, call, 'pending', settings),
  };
  return { type: 'thread.item.done', item };
}

/** Shows how it has gone with calls, in those of their widgets that are still there. */
export async function* closing(
  ctx: ChatContext,
  pending: PendingRun,
  calls: readonly PendingCall[],
  status: ApprovalRequest['status'],
  settings: ApprovalSettings = {},
): AsyncGenerator<EventDraft, void> {
  for (const call of calls) {
    if ((await storedItem(ctx, call.itemId)) === undefined) continue;
    const shown = closedWidget(ctx, pending, call, status, settings);
    yield replace(call.itemId, () => shown);
  }
}

/** What the user has decided holds, also where the application's widget cannot be made for it. */
function closedWidget(
  ctx: ChatContext,
  pending: PendingRun,
  call: PendingCall,
  status: ApprovalRequest['status'],
  settings: ApprovalSettings,
): WidgetRoot {
  try {
    return widgetOf(pending, call, status, settings);
  } catch (error) {
    ctx.log.error({ err: error, status }, 'the widget of an approval cannot be made: the default is shown');
    return widgetOf(pending, call, status, {});
  }
}

export function settingsFor(agent: AgentLike): ApprovalSettings | undefined {
  return settingsOf.get(agent);
}

function widgetOf(
  pending: PendingRun,
  { itemId, name, input }: PendingCall,
  status: ApprovalRequest['status'],
  { widget = approvalCard }: ApprovalSettings,
): WidgetRoot {
  const id = approvalId(
    pending.id,
    pending.calls.findIndex((call) => call.itemId === itemId),
  );
  return widget({ toolName: name, input, status, accept: acceptCall({ id }), decline: declineCall({ id }) });
}

function withoutController({ name }: AgentLike): DeveloperError {
  return new DeveloperError(
    'approval_without_controller',
    `A tool of the agent "${name}" needs approval, and no controller handles the answer.`,
    'Add agentController({ agents: […] }) to the controllers, with this agent among its agents.',
  );
}
