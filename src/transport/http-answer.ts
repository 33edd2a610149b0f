import type { BodyLimits } from '../app';
import type { Awaitable } from '../store';
import type { HeaderReader } from './cors';

/** A request as an adapter hands it over. */
export interface HttpRequest<TRequest> {
  /** As the host has it, for the application's own functions. */
  readonly native: TRequest;
  readonly method: string;
  readonly header: HeaderReader;
  /** Whether something before has parsed the body, and so decompressed it. */
  readonly isParsed: boolean;
  /**
   * Reads the body as JSON data. This or `bytes` is called, once at most.
   *
   * @throws ClientGone, ChatError, DeveloperError
   */
  json(limits: BodyLimits): Promise<unknown>;
  /** Reads the body as it comes. */
  bytes(): AsyncIterable<Uint8Array>;
}

/** A request that is being answered, as that which answers it sees it. */
export interface Answering<TRequest> {
  readonly request: HttpRequest<TRequest>;
  readonly requestId: string;
  /** What is answered for an error. */
  refuse(error: unknown): HttpAnswer;
  /** Calls `listener` when the client leaves, or at once where it has. */
  onLeave(listener: () => void): void;
}

/**
 * Answers one kind of request.
 *
 * @throws ChatError what is to be answered instead, and any other error that is to be logged
 */
export type Answerer<TRequest> = (exchange: Answering<TRequest>) => Awaitable<HttpAnswer>;

/** What is answered to a request. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: HttpBody;
}

export type HttpBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  /** A long text; each chunk is made when it is asked for. */
  | { readonly kind: 'chunks'; readonly chunks: Iterable<string> }
  | { readonly kind: 'bytes'; readonly bytes: AsyncIterable<Uint8Array> }
  /** Events, for as long as they come. The port writes this answer, or another one in its place. */
  | { readonly kind: 'events'; start(port: SsePort): void };

/** What a stream's response can do, whichever adapter it belongs to. None of these throws. */
export interface SsePort {
  /** Sends status and headers. */
  head(): void;
  /** Sends text; `false` when the client reads too slowly: no more before it has caught up. */
  write(text: string): boolean;
  /** Sends the last text and ends the response. */
  end(text: string): void;
  /** Answers with something else instead, while no headers are out. */
  instead(answer: HttpAnswer): void;
  /** Calls `listener` each time when a client that read too slowly has caught up. */
  onDrain(listener: () => void): void;
  /** Text that waits and is longer than this many characters is written at once; 16 Ki by default. */
  readonly joinLimit?: number | undefined;
}

/** The client hung up before its request was whole: nothing can be answered. */
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
