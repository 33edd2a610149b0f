import type { Awaitable } from '../../store';
import type { Drafts } from './drafts';
import type { ResponseEvent } from './response-event';

/**
 * The kinds of output that are shown. Calls of the agent's own tools are not among them: they come from the
 * events of the run, not from the model's stream.
 */
export type OutputKind = 'message' | 'reasoning' | 'image' | 'hosted tool';

/** Writes one output of a response, from its first event to its last. */
export interface OutputWriter {
  readonly kind: OutputKind;
  /** Converts an event about this output. */
  take(event: ResponseEvent): Awaitable<Drafts>;
  /** Must be called when the response is over: completes the output with what has arrived. */
  finish(): Drafts;
}
