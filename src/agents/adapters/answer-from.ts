import type { ChatContext, EventDraft } from '../../context';
import type { Conversion } from '../convert/conversion';
import { isPromise, type Awaitable } from '../../store';
import { AgentContext, stateOf } from '../run/agent-context';
import type { AgentState } from '../run/agent-state';
import { AgentStream, takeUpWorkflow, type StreamConverter } from '../run/agent-stream';
import { until } from '../run/promises';
import { RunReader } from '../run/run-reader';
import { settleTasks } from '../run/settle-tasks';
import { conversionOf, type StreamAgentResponseOptions } from '../run/stream-agent-response';

/**
 * A stream of a model, or a function that starts it. Pass a function if closing the stream does not stop
 * the model: it gets the request's signal to pass on.
 */
export type Source<T> = AsyncIterable<T> | ((signal: AbortSignal) => Awaitable<AsyncIterable<T>>);

/** The context of the request, or an `AgentContext` made from it, through which tools can send events. */
export type AnswerContext<T> = ChatContext<T> | AgentContext<T>;

/** Options of `answerFromResponses`, `answerFromAiSdk` and `answerFromText`. */
export type AnswerOptions = StreamAgentResponseOptions;

/** Yields the events of an answer; the converter is specific to the kind of stream. */
export async function* answerFrom<P, T>(
  source: Source<P>,
  target: AnswerContext<T>,
  options: AnswerOptions,
  converterFor: (conversion: Conversion, state: AgentState) => StreamConverter<P>,
): AsyncGenerator<EventDraft, void> {
  const context = target instanceof AgentContext ? target : new AgentContext(target);
  const state = stateOf(context);
  const { signal } = state.ctx;
  const isAborted = (): boolean => signal.aborted;
  await takeUpWorkflow(state);
  if (isAborted()) return;
  const started = typeof source === 'function' ? source(signal) : source;
  const parts = isPromise(started) ? await arrival(started, signal) : started;
  if (parts === undefined) return;
  const converter = converterFor(conversionOf(state, options), state);
  const stream = new AgentStream(state, parts, converter);
  try {
    yield* stream.events();
  } catch (error) {
    if (!isAborted()) yield* state.workflow.settle();
    throw error;
  } finally {
    stream.close();
    if (isAborted()) await settleTasks(state.ctx, state.workflow);
  }
}

/** Waits for a stream; `undefined` if the request is aborted first. A stream that comes later is closed. */
async function arrival<P>(
  started: PromiseLike<AsyncIterable<P>>,
  signal: AbortSignal,
): Promise<AsyncIterable<P> | undefined> {
  const coming = Promise.resolve(started);
  try {
    return await until(signal, coming);
  } catch (error) {
    if (!signal.aborted) throw error;
    coming.then((late) => new RunReader(late).leave()).catch(() => undefined);
    return undefined;
  }
}
