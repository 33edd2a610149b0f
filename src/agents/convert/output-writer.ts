import type { Awaitable } from '../../store';
import type { Drafts } from './drafts';
import type { ResponseEvent } from './response-event';

/**
 * The kinds of output that are shown. Calls of the agent's own tools are told by the run, and not by the
 * model's stream.
 */
export type OutputKind = 'message' | 'reasoning' | 'image' | 'hosted tool';

/** Writes one output of a response, from its first event to its last. */
export interface OutputWriter {
  readonly kind: OutputKind;
  /** An event about this output. */
  take(event: ResponseEvent): Awaitable<Drafts>;
  /** The response is over: what is not done yet is done as far as it has come. */
  finish(): Drafts;
}
