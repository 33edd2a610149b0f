import type { RunContext } from '../context';
import type { EventSink, RunSettings } from '../pipeline';
import type { ChatKitRequest } from '../protocol';
import type { DispatchTable } from '../routing';
import type { AttachmentStore, Store, ThreadLock } from '../store';
import type { ActiveRuns } from './active-runs';
import type { WaitingPlaces } from './waiting-places';

/** The dependencies of the operations of one app. */
export interface Environment {
  readonly store: Store;
  readonly attachmentStore: AttachmentStore | undefined;
  readonly table: DispatchTable;
  /** Suggests the most similar handler name for an action without a handler. */
  readonly nearestAction: (name: string) => string | undefined;
  readonly lock: ThreadLock;
  readonly threads: {
    /** What happens to a request while its thread has a run: it waits, is rejected, or runs in parallel. */
    readonly concurrency: 'queue' | 'reject' | 'parallel';
    /** How long a request waits, in milliseconds. */
    readonly waitMs: number;
    readonly places: WaitingPlaces;
  };
  readonly run: RunSettings;
  readonly runs: ActiveRuns;
}

/** One request to an operation. */
export interface Call<R extends ChatKitRequest = ChatKitRequest> {
  readonly env: Environment;
  readonly ctx: RunContext;
  readonly request: R;
}

/**
 * The answer to a valid request: JSON text, JSON in pieces that are serialised while they are written
 * (together they may exceed the maximum length of a string), or a stream that has not started yet.
 */
export type Answer =
  { kind: 'json'; text: string } | { kind: 'pieces'; pieces: Iterable<string> } | StreamAnswer;

/** A stream that holds its thread's lock, or a place in the queue for it, until the stream has ended. */
export interface StreamAnswer {
  readonly kind: 'stream';
  start(sink: EventSink): StreamHandle;
  /** Called instead of `start` if the answer is no longer needed: releases the lock or the place. */
  abandon(): void;
}

/** An adapter's handle of a running stream. */
export interface StreamHandle {
  /** Called when the client disconnects before the end. */
  disconnected(): void;
}
