import { handlesAction, type ChatContext, type EventDraft } from '../../context';
import { DeveloperError } from '../../errors';
import type { WidgetItem, WidgetRoot } from '../../protocol';
import { storedItem } from '../input/stored-item';
import type { AgentLike } from '../sdk/agent';
import type { Known } from '../run/agent-state';
import { sdkOf } from '../sdk/load-sdk';
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
import { closeWidget } from './close-widget';
import { approvalId, savePending, type PendingCall, type PendingRun } from './pending-run';

/** Settings for the approvals of an agent. */
export interface ApprovalSettings {
  readonly widget?: ApprovalWidget | undefined;
}

/** The settings of agents whose approvals a controller handles. */
const settingsOf = new WeakMap<object, ApprovalSettings>();

export function handleApprovalsOf(agent: AgentLike, settings: ApprovalSettings): void {
  settingsOf.set(agent, settings);
}

/**
 * Stores a run that waits for the user, and yields a widget for each of its calls. Yields nothing for a run
 * that does not wait.
 *
 * @throws DeveloperError `approval_without_controller`, `agent_of_another_copy`
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
  if (settings === undefined || handlesAction(ctx, acceptCall.action) === false) {
    throw withoutController(agent);
  }
  await sdkOf(agent); // throws if the SDK that reads the state after the click cannot be found
  const id = ctx.store.generateId('run');
  const calls = interruptions.map((interruption): PendingCall => ({
    ...interruptedCall(interruption),
    itemId: ctx.store.generateId('widget'),
  }));
  const items = calls.map((call): WidgetItem => ({
    id: call.itemId,
    thread_id: ctx.thread.id,
    created_at: ctx.store.now(),
    type: 'widget',
    widget: widgetOf({ id, calls }, call, 'pending', settings),
  }));
  const others = [...known.others, ...items.map((item) => item.id)];
  await savePending(ctx, {
    id,
    agent: agent.name,
    state: writeState(run),
    calls,
    known: { ...known, others },
  });
  try {
    for (const item of items) yield { type: 'thread.item.done', item };
  } finally {
    if (ctx.signal.aborted) await storeMissing(items, ctx);
  }
}

/**
 * Must be called if the client has left before it got all widgets of a run: without each of them, the user
 * could never decide all calls. The client gets them when it next loads the thread.
 */
async function storeMissing(items: readonly WidgetItem[], ctx: ChatContext): Promise<void> {
  try {
    for (const item of items) {
      if ((await storedItem(ctx, item.id)) === undefined) await ctx.store.saveItem(item);
    }
  } catch (error) {
    ctx.log.warn({ err: error }, 'the widgets of a run that waits for approval could not all be stored');
  }
}

/** Updates the widgets of calls, as far as they are still stored, to show their status. */
export async function* closing(
  ctx: ChatContext,
  pending: PendingRun,
  calls: readonly PendingCall[],
  status: ApprovalRequest['status'],
  settings: ApprovalSettings = {},
): AsyncGenerator<EventDraft, void> {
  for (const call of calls) {
    const make = (by: ApprovalSettings) => (): WidgetRoot => widgetOf(pending, call, status, by);
    yield* closeWidget(ctx, call.itemId, make(settings), make({}));
  }
}

export function settingsFor(agent: AgentLike): ApprovalSettings | undefined {
  return settingsOf.get(agent);
}

function widgetOf(
  pending: Pick<PendingRun, 'id' | 'calls'>,
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
