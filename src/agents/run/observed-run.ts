import {
  RunContext,
  type ChatContext,
  type EventDraft,
  type ObservedFacts,
  type Observation,
} from '../../context';
import type { AgentLike } from '../sdk/agent';
import type { StreamedRun } from '../sdk/run-event';

/** Begins to observe a run of an agent; `undefined` if the app has no telemetry. */
export function observeRun(ctx: ChatContext, agent: AgentLike): Observation | undefined {
  const telemetry = ctx instanceof RunContext ? ctx.services.telemetry : undefined;
  const { name, model } = agent;
  return telemetry?.begin({
    kind: 'agent',
    name,
    threadId: ctx.thread.id,
    // The SDK uses OpenAI, unless the agent has its own model object.
    provider: typeof model === 'object' ? undefined : 'openai',
    model: typeof model === 'string' && model !== '' ? model : undefined,
  });
}

/** Starts a run and yields its events. Model and tools run in the context of its observation. */
export async function* observedRun(
  ctx: ChatContext,
  agent: AgentLike,
  start: () => Promise<StreamedRun>,
  events: (run: StreamedRun) => AsyncGenerator<EventDraft, void>,
): AsyncGenerator<EventDraft, void> {
  const observation = observeRun(ctx, agent);
  let run: StreamedRun | undefined;
  let failure: unknown;
  try {
    run = await (observation === undefined ? start() : observation.run(start));
    yield* events(run);
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    if (run !== undefined) observation?.note(usageOf(run));
    observation?.end(failure);
  }
}

/** The sum of tokens of a run's responses, as far as the model reports them. */
export function usageOf({ rawResponses = [] }: StreamedRun): ObservedFacts {
  const used = rawResponses.flatMap(({ usage }) => usage ?? []);
  if (used.length === 0) return {};
  const sum = (key: 'inputTokens' | 'outputTokens'): number =>
    used.reduce((total, usage) => total + (usage[key] ?? 0), 0);
  return { inputTokens: sum('inputTokens'), outputTokens: sum('outputTokens') };
}
