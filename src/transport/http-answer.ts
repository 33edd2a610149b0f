import type { Logger } from '../context';
import type { HeaderReader } from './cors';
import { MethodNotAllowedError, toHttpError } from './http-error';

/** A request for something else than the chat itself, whichever adapter it came through. */
export interface HttpQuestion<TRequest> {
  request: TRequest;
  requestId: string;
  method: string;
  header: HeaderReader;
  /** Begins to read. Called once at most. */
  body: () => AsyncIterable<Uint8Array>;
}

/** What an adapter is to answer. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | AsyncIterable<Uint8Array> | undefined;
}

/** @throws ChatError what is to be answered instead */
export type Answerer<TRequest> = (question: HttpQuestion<TRequest>) => HttpAnswer | Promise<HttpAnswer>;

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

export function jsonAnswer(text: string): HttpAnswer {
  return { status: 200, headers: JSON_TYPE, body: text };
}

/** What is answered instead, for what an {@link Answerer} has thrown. */
export function refusal(error: unknown, requestId: string, logger: Logger): HttpAnswer {
  const { status, headers, body } = toHttpError(error, requestId, logger);
  const allow = error instanceof MethodNotAllowedError ? { allow: error.allow } : {};
  return { status, headers: { ...JSON_TYPE, ...headers, ...allow }, body };
}
