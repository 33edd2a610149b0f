import type { ChatContext, EventDraft } from '../../context';
import { ChatController, OnAction } from '../../decorators';
import { notice } from '../../events';
import { resumeAgent, type RunAgentOptions } from '../run-agent';
import type { AgentLike } from '../sdk/agent';
import { acceptCall, declineCall } from './approval-widget';
import { closing, handleApprovalsOf, settingsFor, type ApprovalSettings } from './interruptions';
import { decide, deletePending, type Decision, type PendingRun } from './pending-run';

export interface AgentControllerOptions extends ApprovalSettings, RunAgentOptions {
  /** The agents whose tools ask for approval: those that are given to `runAgent`, each with its own name. */
  agents: readonly AgentLike[];
}

/**
 * A controller for the answers of users to tool calls that need their approval (`needsApproval` of a
 * tool). List it among the `controllers`. Such a call becomes a widget; when the user has decided all calls
 * of a run, the run goes on. No tool runs twice, however often a button is pressed and in how many
 * processes.
 *
 * @param options.widget the widget that asks, in place of a card with the tool's name and input
 *
 * @example
 * createChatKit({ controllers: [ShopController, agentController({ agents: [agent] })], … });
 */
export function agentController(options: AgentControllerOptions): object {
  for (const agent of options.agents) handleApprovalsOf(agent, options);
  return new ApprovalController(options);
}

class ApprovalController {
  constructor(private readonly options: AgentControllerOptions) {}

  accept({ id }: { id: string }, ctx: ChatContext): AsyncGenerator<EventDraft, void> {
    return this.decide(id, 'accepted', ctx);
  }

  decline({ id }: { id: string }, ctx: ChatContext): AsyncGenerator<EventDraft, void> {
    return this.decide(id, 'declined', ctx);
  }

  private async *decide(id: string, decision: Decision, ctx: ChatContext): AsyncGenerator<EventDraft, void> {
    const outcome = await decide(ctx, id, decision);
    if (outcome.type === 'too late') {
      yield notice('warning', 'This has been decided already, or is not waited for any more.');
      return;
    }
    const { run, call, isLast } = outcome;
    const agent = this.options.agents.find(({ name }) => name === run.agent);
    const settings = agent && settingsFor(agent);
    yield closing(run, call, decision, settings);
    if (!isLast) return;
    try {
      if (agent !== undefined) yield* resumeAgent(agent, run, ctx, this.options);
      else yield* this.expire(run, ctx, settings);
    } finally {
      await deletePending(ctx, run.id);
    }
  }

  private *expire(run: PendingRun, ctx: ChatContext, settings?: ApprovalSettings): Generator<EventDraft> {
    ctx.log.warn({ agent: run.agent }, 'a run that waited for approval is of an agent that is gone');
    for (const call of run.calls) yield closing(run, call, 'expired', settings);
  }
}

// As decorators do. Written as calls: what compilers make of the syntax needs a package of theirs at run time.
ChatController()(ApprovalController);
for (const [name, action] of [
  ['accept', acceptCall],
  ['decline', declineCall],
] as const) {
  const method = Object.getOwnPropertyDescriptor(ApprovalController.prototype, name);
  OnAction(action)(
    ApprovalController.prototype,
    name,
    method as TypedPropertyDescriptor<ApprovalController['accept']>,
  );
}
