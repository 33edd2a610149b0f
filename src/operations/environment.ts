import type { RunContext } from '../context';
import type { EventSink, RunSettings } from '../pipeline';
import type { ChatKitRequest } from '../protocol';
import type { DispatchTable } from '../routing';
import type { AttachmentStore, Store, ThreadLock } from '../store';
import type { ActiveRuns } from './active-runs';
import type { WaitingPlaces } from './waiting-places';

/** What the operations of one app work with. */
export interface Environment {
  readonly store: Store;
  readonly attachmentStore: AttachmentStore | undefined;
  readonly table: DispatchTable;
  /** The name of a handler that was most likely meant by an action that has none. */
  readonly nearestAction: (name: string) => string | undefined;
  readonly lock: ThreadLock;
  readonly threads: {
    /** What happens to a request while its thread has a run: it waits, is refused, or runs beside it. */
    readonly concurrency: 'queue' | 'reject' | 'parallel';
    /** How long a request waits, in milliseconds. */
    readonly waitMs: number;
    readonly places: WaitingPlaces;
  };
  readonly run: RunSettings;
  readonly runs: ActiveRuns;
}

/** One request on its way through an operation. */
export interface Call<R extends ChatKitRequest = ChatKitRequest> {
  readonly env: Environment;
  readonly ctx: RunContext;
  readonly request: R;
}

/**
 * The answer to a request that was in order: JSON at once, JSON in pieces that are still to be written
 * (all of them may be more than one text can hold), or a stream that is still to be started.
 */
export type Answer =
  { kind: 'json'; text: string } | { kind: 'pieces'; pieces: Iterable<string> } | StreamAnswer;

/** A stream that holds its thread's lock, or a place in the queue for it, until it is started and has ended. */
export interface StreamAnswer {
  readonly kind: 'stream';
  start(sink: EventSink): StreamHandle;
  /** To be called instead of `start` where the answer is not wanted any more: gives back what it holds. */
  abandon(): void;
}

/** What an adapter holds of a running stream. */
export interface StreamHandle {
  /** To be called when the client has left before the end. */
  disconnected(): void;
}
