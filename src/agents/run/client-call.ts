import { isDevelopment } from '../development';
import type { AgentState, PendingClientCall, ToolCall } from './agent-state';

/** A call of a tool in the browser; its id is that of the model's call. */
export interface ClientCall extends PendingClientCall {
  readonly callId: string;
}

/**
 * Takes the call of a tool in the browser that a run has requested; `undefined` if there is none.
 *
 * @param latestCallOf returns the id of the latest call of a tool
 */
export function takeClientCall(
  state: AgentState,
  latestCallOf: (name: string) => string | undefined,
): ClientCall | undefined {
  const { clientCall, ctx } = state;
  if (clientCall === undefined) return undefined;
  state.clientCall = undefined;
  const callId = clientCall.callId ?? latestCallOf(clientCall.name) ?? ctx.store.generateId('tool_call');
  warnIfModelWentOn(state, callId);
  return { ...clientCall, callId };
}

/** Warns in development if the model has read an output of the call before the browser was asked. */
function warnIfModelWentOn({ ctx, run }: AgentState, callId: string): void {
  if (!isDevelopment(ctx)) return;
  const earlier = (run?.rawResponses ?? []).slice(0, -1).flatMap(({ output }) => output as ToolCall[]);
  const call = earlier.find((each) => each.callId === callId);
  if (call === undefined) return;
  ctx.log.warn(
    { tool: call.name, fix: `Give the agent toolUseBehavior: { stopAtToolNames: ['${call.name}'] }.` },
    'the model went on after it had called a tool in the browser, before the browser was asked',
  );
}

/** Warns in development if a call is replaced: only the last is sent, as the page answers one at a time. */
export function warnOfReplaced({ clientCall, ctx }: AgentState, name: string): void {
  if (clientCall === undefined || !isDevelopment(ctx)) return;
  ctx.log.warn(
    {
      tool: clientCall.name,
      by: name,
      fix: 'Let the agent call one at a time: modelSettings: { parallelToolCalls: false }.',
    },
    'a call of a tool in the browser is not sent, since the run has asked for another one',
  );
}
