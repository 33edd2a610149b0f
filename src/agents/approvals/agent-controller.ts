import type { ChatContext, EventDraft } from '../../context';
import { DeveloperError, type StartupProblem } from '../../errors';
import { notice } from '../../events';
import { STARTUP_PROBLEMS, type SelfChecking } from '../../metadata';
import { resumeAgent, type RunAgentOptions } from '../run-agent';
import { heldIfLeft } from '../run/promises';
import type { AgentLike } from '../sdk/agent';
import { isSdkInstalled, SDK_MISSING, sdkOf } from '../sdk/load-sdk';
import { acceptCall, declineCall } from './approval-widget';
import { handlesDecisions } from './decision';
import { closing, handleApprovalsOf, settingsFor, type ApprovalSettings } from './interruptions';
import { decide, deletePending, type Decision, type PendingRun } from './pending-run';

/**
 * The agents that may ask for approval, and the settings that their runs go on with: those of {@link
 * runAgent}.
 */
export interface AgentControllerOptions extends ApprovalSettings, Omit<RunAgentOptions, 'context'> {
  /** The agents whose tools ask for approval: those that are given to `runAgent`, each with its own name. */
  agents: readonly AgentLike[];
  /** Makes the `context` that tools see when a run goes on: a new object each time. */
  context?: ((ctx: ChatContext) => object) | undefined;
}

/**
 * A controller for the answers of users to tool calls that need their approval (`needsApproval` of a
 * tool). List it among the `controllers`. Such a call becomes a widget; when the user has decided all calls
 * of a run, the run goes on. No tool runs twice, however often a button is pressed and in how many
 * processes.
 *
 * @param options.widget the widget that asks, in place of a card with the tool's name and input
 * @throws DeveloperError `agent_name_taken`; where `@openai/agents` is not installed, the application does not start
 *
 * @example
 * createChatKit({ controllers: [ShopController, agentController({ agents: [agent] })], … });
 */
export function agentController(options: AgentControllerOptions): object {
  assertNames(options.agents);
  for (const agent of options.agents) handleApprovalsOf(agent, options);
  return new ApprovalController(options);
}

class ApprovalController implements SelfChecking {
  constructor(private readonly options: AgentControllerOptions) {}

  /** When the application starts the SDK is loaded, so that no click waits for it. */
  [STARTUP_PROBLEMS](): StartupProblem[] {
    if (!isSdkInstalled()) return [{ ...SDK_MISSING, where: 'agentController()' }];
    for (const agent of this.options.agents) void heldIfLeft(sdkOf(agent)); // a run of it tells what is wrong
    return [];
  }

  accept({ id }: { id: string }, ctx: ChatContext): AsyncGenerator<EventDraft, void> {
    return this.decide(id, 'accepted', ctx);
  }

  decline({ id }: { id: string }, ctx: ChatContext): AsyncGenerator<EventDraft, void> {
    return this.decide(id, 'declined', ctx);
  }

  private async *decide(id: string, decision: Decision, ctx: ChatContext): AsyncGenerator<EventDraft, void> {
    const outcome = await decide(ctx, id, decision);
    if (outcome.type !== 'decided') {
      if (outcome.type === 'expired') yield* this.expire(outcome.run, ctx);
      yield notice('warning', 'This has been decided already, or is not waited for any more.');
      return;
    }
    const { run, call, isLast } = outcome;
    const agent = this.agentOf(run);
    yield* closing(ctx, run, [call], decision, agent && settingsFor(agent));
    if (!isLast) return;
    try {
      if (agent !== undefined) {
        yield* resumeAgent(agent, run, ctx, { ...this.options, context: this.options.context?.(ctx) });
        return;
      }
      ctx.log.warn({ agent: run.agent }, 'a run that waited for approval is of an agent that is gone');
      yield* this.expire(run, ctx);
    } finally {
      await deletePending(ctx, run.id);
    }
  }

  private async *expire(run: PendingRun, ctx: ChatContext): AsyncGenerator<EventDraft, void> {
    const agent = this.agentOf(run);
    yield* closing(ctx, run, run.calls, 'expired', agent && settingsFor(agent));
    await deletePending(ctx, run.id);
  }

  private agentOf(run: PendingRun): AgentLike | undefined {
    return this.options.agents.find(({ name }) => name === run.agent);
  }
}

function assertNames(agents: readonly AgentLike[]): void {
  const names = agents.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice === undefined) return;
  throw new DeveloperError(
    'agent_name_taken',
    `agentController() was given two agents with the name "${twice}": a run that waits knows its agent by it.`,
    'Give each agent a name of its own.',
  );
}

handlesDecisions(ApprovalController, { accept: acceptCall, decline: declineCall });
