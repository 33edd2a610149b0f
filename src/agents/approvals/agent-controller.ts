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
 * The agents that may ask for approval, and the options with which their runs resume: those of {@link
 * runAgent}.
 */
export interface AgentControllerOptions extends ApprovalSettings, Omit<RunAgentOptions, 'context'> {
  /** The agents whose tools ask for approval: those passed to `runAgent`, each with its own name. */
  agents: readonly AgentLike[];
  /** Returns the `context` that tools read when a run resumes: a new object for each call. */
  context?: ((ctx: ChatContext) => object) | undefined;
}

/**
 * Returns a controller for tool calls that need the user's approval (`needsApproval` of a tool). Add it to
 * `controllers`. Such a call is shown as a widget with two buttons; when the user has decided all calls of
 * a run, the run resumes. No tool runs twice, however often and in however many processes a button is
 * pressed.
 *
 * @param options.widget the widget that asks, instead of a card with the tool's name and input
 * @throws DeveloperError `agent_name_taken`. The app does not start if `@openai/agents` is not installed.
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

  /** Loads the SDK at startup, so that no click waits for it. */
  [STARTUP_PROBLEMS](): StartupProblem[] {
    if (!isSdkInstalled()) return [{ ...SDK_MISSING, where: 'agentController()' }];
    for (const agent of this.options.agents) void heldIfLeft(sdkOf(agent)); // a later run throws its error
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
      yield notice('warning', 'This has already been decided, or has expired.');
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
      ctx.log.warn({ agent: run.agent }, 'a run that waited for approval belongs to an unknown agent');
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
    `agentController() was given two agents with the name "${twice}", by which a waiting run finds its agent.`,
    'Give each agent its own name.',
  );
}

handlesDecisions(ApprovalController, { accept: acceptCall, decline: declineCall });
