/*
 * The language of the scenarios: plain JSON, which two interpreters understand alike. Ours is
 * `controller.ts`; the reference's is `oracle/script.py`.
 *
 * Strings may hold references to ids that the server made: `{{thread}}` is the newest thread,
 * `{{thread 1}}` the first; likewise `{{message}}` for user messages and `{{attachment}}`.
 */

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** What a handler throws: an error with a message for the user, one with a code, or any other. */
export type Problem =
  { custom: string; retry?: boolean } | { stream: 'stream.error'; retry?: boolean } | { other: string };

/** What a handler does next. An item's thread and time are filled in where they are left out. */
export type Step =
  | { emit: JsonObject }
  /** A streamed widget, by the helper that each side has for it. */
  | { widgets: JsonObject[]; copyText?: string }
  /** Tells in a client effect (elsewhere: in the log) what the handler got to see. */
  | { tell: 'message' | 'action' | 'sender' | 'thread' | 'items' }
  /** Emits a progress "paused" and waits until it is released or cancelled. */
  | { pause: true }
  | { throw: Problem }
  /** Changes fields of the handler's thread; null clears one. */
  | { thread: JsonObject }
  /** Writes to the store, past the stream. */
  | { add: JsonObject }
  | { save: JsonObject }
  | { delete: string }
  | { attach: JsonObject }
  /** What a handler that answers with one value answers. */
  | { return: Json };

/** What the hooks of a session do while one request is served. */
export interface Settings {
  /** What the stream options say; the default where absent. */
  allow_cancel?: boolean;
  /** Replaces what is done when the stream is cut off. What is pending goes to the log. */
  cancelled?: Step[];
}

/** One request of the client. */
export interface Send {
  send: { type: string; params?: Json; metadata?: Json } | string;
  handler?: Step[];
  settings?: Settings;
  /** Closes the connection after so many events, or when the handler pauses. */
  hangUp?: number | 'paused';
  /** Goes on to the next exchange when the handler pauses, with the stream left open. */
  leaveOpen?: true;
}

/** Lets the handler of an open stream go on, and reads the stream to its end. */
export interface Resume {
  resume: true;
}

export type Exchange = Send | Resume;

export type Hook =
  | 'action'
  | 'sync'
  | 'feedback'
  | 'transcribe'
  | 'attachments'
  /** The reference's store is that of its guides: it sorts by time, and holds twice what is added twice. */
  | 'guides store';

export interface Scenario {
  /** A sentence. */
  name: string;
  /** What the application does without. */
  without?: Hook[];
  exchanges: Exchange[];
}
