import { setImmediate } from 'node:timers/promises';
import type { EventDraft, RunContext } from '../../../src/context';
import {
  AgentContext,
  ResponseStreamConverter,
  streamAgentResponse,
  type RunEvent,
  type StreamedRun,
} from '../../../src/agents';
import { complete } from '../../../src/pipeline/complete';
import {
  isHiddenType,
  writeEvent,
  writeItem,
  type ThreadItem,
  type ThreadStreamEvent,
} from '../../../src/protocol';
import type { Store } from '../../../src/store';
import { MemoryStore } from '../../../src/stores';
import { makeContext } from '../../pipeline/harness';
import type { ApiEvent, Outcome, Step, Stream } from './stream';

/** Converts a stream as `runAgent` does. */
export async function convert(stream: Stream): Promise<Outcome> {
  const store = new MemoryStore();
  const ctx = makeContext(store);
  for (const item of stream.thread ?? []) store.saveItem(ctx, item, writeItem(item));
  const before = new Set((await itemsOf(store, ctx)).map((item) => JSON.stringify(item)));
  const context = new AgentContext(ctx);
  const converter = new ResponseStreamConverter({ partialImages: stream.partialImages });
  const outcome: Outcome = { events: [], stored: [] };
  try {
    for await (const draft of streamAgentResponse(context, play(stream, context), { converter })) {
      outcome.events.push(onTheWire(draft, ctx));
    }
  } catch (error) {
    outcome.throws = (error as Error).name;
  }
  const changed = (await itemsOf(store, ctx)).filter((item) => !before.has(JSON.stringify(item)));
  outcome.stored = changed as unknown as Record<string, unknown>[];
  return outcome;
}

async function itemsOf(store: Store, ctx: RunContext): Promise<ThreadItem[]> {
  return (await store.listItems(ctx, ctx.thread.id, { limit: 100, order: 'asc' })).data;
}

function onTheWire(draft: EventDraft, ctx: RunContext): ThreadStreamEvent {
  const event = complete(draft, ctx) as ThreadStreamEvent;
  // Hidden items are never written as events.
  const isHidden = 'item' in event && isHiddenType(event.item.type);
  return JSON.parse(isHidden ? JSON.stringify(event) : writeEvent(event)) as ThreadStreamEvent;
}

async function* play(stream: Stream, context: AgentContext): StreamedRun {
  if (stream.plain !== undefined) {
    yield* stream.plain;
    return;
  }
  for (const step of stream.steps) {
    yield* runEventsOf(step);
    perform(step, context);
    for (let turn = 0; turn < 4; turn += 1) await setImmediate(); // until all of it is converted
  }
}

/** What the SDK makes of an event of the API: it adds some of its own. */
function* runEventsOf(step: Step): Generator<RunEvent> {
  if ('called' in step) {
    const { call_id: callId, id, name } = step.called;
    const rawItem = { type: 'function_call', callId, id, name, arguments: '{}' };
    yield { type: 'run_item_stream_event', name: 'tool_called', item: { rawItem } };
  }
  if (!('api' in step)) return;
  const { api } = step;
  const raw = (data: ApiEvent): RunEvent => ({
    type: 'raw_model_stream_event',
    data,
    source: 'openai-responses',
  });
  if (api.type === 'response.created') yield raw({ type: 'response_started' });
  if (api.type === 'response.completed') yield raw({ type: 'response_done', response: { output: [] } });
  if (api.type === 'response.output_text.delta') {
    yield raw({ type: 'output_text_delta', delta: api['delta'] });
  }
  yield raw({ type: 'model', event: api });
}

class InputGuardrailTripwireTriggered extends Error {
  override name = 'InputGuardrailTripwireTriggered';
}
class OutputGuardrailTripwireTriggered extends Error {
  override name = 'OutputGuardrailTripwireTriggered';
}

function perform(step: Step, context: AgentContext): void {
  if ('emit' in step) void context.stream(step.emit as EventDraft);
  if ('clientTool' in step) context.clientToolCall(step.clientTool.name, step.clientTool.arguments);
  if ('guardrail' in step) {
    throw new (
      step.guardrail === 'input' ? InputGuardrailTripwireTriggered : OutputGuardrailTripwireTriggered
    )();
  }
  if (!('helper' in step)) return;
  const args = step.args as Record<string, never>;
  switch (step.helper) {
    case 'start_workflow':
      return void context.startWorkflow(args['workflow']);
    case 'add_workflow_task':
      return void context.addWorkflowTask(args['task']!);
    case 'update_workflow_task':
      return void context.updateWorkflowTask(args['task']!, args['task_index']!);
    case 'end_workflow':
      return void context.endWorkflow(args);
  }
}
