import type { BodyLimits } from '../app';
import type { Awaitable } from '../store';
import type { HeaderReader } from './cors';

/** A request as an adapter passes it on. */
export interface HttpRequest<TRequest> {
  /** The host's request object, for the app's own functions. */
  readonly native: TRequest;
  readonly method: string;
  readonly header: HeaderReader;
  /** Whether earlier middleware has parsed the body, and so decompressed it. */
  readonly isParsed: boolean;
  /**
   * Reads the body as JSON data. Either this or `bytes` is called, at most once.
   *
   * @throws ClientGone, ChatError, DeveloperError
   */
  json(limits: BodyLimits): Promise<unknown>;
  /** Reads the body as a stream of raw bytes. */
  bytes(): AsyncIterable<Uint8Array>;
}

/** A request that is being answered, as an {@link Answerer} gets it. */
export interface Answering<TRequest> {
  readonly request: HttpRequest<TRequest>;
  readonly requestId: string;
  /** Makes the answer for an error. */
  refuse(error: unknown): HttpAnswer;
  /** Calls `listener` when the client disconnects, or at once if it already has. */
  onLeave(listener: () => void): void;
}

/**
 * Answers one kind of request.
 *
 * @throws ChatError to be answered instead; any other error is logged and answered with 500
 */
export type Answerer<TRequest> = (exchange: Answering<TRequest>) => Awaitable<HttpAnswer>;

/** The answer to a request. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: HttpBody;
}

export type HttpBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  /** A long text, whose chunks are made on demand. */
  | { readonly kind: 'chunks'; readonly chunks: Iterable<string> }
  | { readonly kind: 'bytes'; readonly bytes: AsyncIterable<Uint8Array> }
  /** A stream of events. The port writes this answer, or another one instead. */
  | { readonly kind: 'events'; start(port: SsePort): void };

/** A stream's response, independent of the adapter. No method throws. */
export interface SsePort {
  /** Sends status and headers. */
  head(): void;
  /** Sends text. `false` means that the client reads too slowly: wait for `onDrain` before sending more. */
  write(text: string): boolean;
  /** Sends the last text and ends the response. */
  end(text: string): void;
  /** Sends another answer instead, if no headers have been sent. */
  instead(answer: HttpAnswer): void;
  /** Calls `listener` each time a slow client has caught up. */
  onDrain(listener: () => void): void;
  /** Waiting text longer than this many characters is written at once. Default: 16 Ki. */
  readonly joinLimit?: number | undefined;
}

/** The client disconnected before its request was complete, so no answer can be sent. */
export class ClientGone extends Error {
  constructor() {
    super('The client hung up while it was sending.');
  }
}

type Headers = Readonly<Record<string, string>>;

const NONE: HttpBody = { kind: 'none' };
const JSON_HEADERS: Headers = { 'content-type': 'application/json; charset=utf-8' };

export function emptyAnswer(status: number, headers: Headers): HttpAnswer {
  return { status, headers, body: NONE };
}

export function jsonAnswer(text: string, headers: Headers = JSON_HEADERS, status = 200): HttpAnswer {
  return { status, headers, body: { kind: 'text', text } };
}

/** The answer for an error. */
export function errorAnswer(status: number, headers: Headers, text: string): HttpAnswer {
  return jsonAnswer(text, { ...JSON_HEADERS, ...headers }, status);
}

/** A long JSON text. */
export function chunkedAnswer(chunks: Iterable<string>): HttpAnswer {
  return { status: 200, headers: JSON_HEADERS, body: { kind: 'chunks', chunks } };
}
