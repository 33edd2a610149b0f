import type { Operation } from '../protocol';
import { about, excerpt, toClientError } from './error-answer';
import { ChatKitClientError } from './errors';
import { EventStream } from './event-stream';
import type { FetchInit, FetchLike, FetchResponse } from './fetch-like';
import type { CallOptions, ChatKitClientOptions } from './options';
import type { JsonOperation, OperationInput, OperationResult, StreamingOperation } from './operations';

const JSON_TYPE = 'application/json';
const STREAM_TYPE = 'text/event-stream';

// Looked up at each call, since tests and polyfills replace it; browsers require `globalThis` as its `this`.
const globalFetch: FetchLike = (url, init) => globalThis.fetch(url, init);

/** Sends requests to one chat, and checks the responses. */
export class Connection {
  constructor(private readonly options: ChatKitClientOptions) {}

  /** Sends an operation that answers with JSON. */
  async send<Op extends JsonOperation>(
    type: Op,
    params: OperationInput<Op>,
    call: CallOptions = {},
  ): Promise<OperationResult<Op>> {
    const response = await this.request(type, params, JSON_TYPE, call.signal, call);
    const text = await readText(response, call.signal);
    try {
      return JSON.parse(text) as OperationResult<Op>;
    } catch (cause) {
      throw unexpected(type, 'JSON', response, { body: excerpt(text), cause });
    }
  }

  /** Prepares an operation that answers with a stream; the request is sent when iteration begins. */
  stream<Op extends StreamingOperation>(
    type: Op,
    params: OperationInput<Op>,
    call: CallOptions = {},
  ): EventStream {
    return new EventStream(async (signal) => {
      const response = await this.request(type, params, STREAM_TYPE, signal, call);
      if (isStream(response)) return { body: response.body, ...about(response) };
      const text = await readText(response, signal);
      throw unexpected(type, 'an event stream', response, { body: excerpt(text) });
    }, call.signal);
  }

  /** @throws ChatKitClientError when there is no response, or its status is not 2xx */
  private async request(
    type: Operation,
    params: unknown,
    accept: string,
    signal: AbortSignal | undefined,
    { headers, metadata }: CallOptions,
  ): Promise<FetchResponse> {
    const { url, fetch = globalFetch, credentials } = this.options;
    const init: FetchInit = {
      method: 'POST',
      headers: { ...(await this.headers(accept)), ...lowerCased(headers) },
      body: JSON.stringify({ type, params, metadata }),
      ...(signal === undefined ? {} : { signal }),
      ...(credentials === undefined ? {} : { credentials }),
    };
    signal?.throwIfAborted();
    const response = await orNetworkError(fetch(url, init), signal);
    if (response.ok) return response;
    throw toClientError(response, await readText(response, signal));
  }

  private async headers(accept: string): Promise<Record<string, string>> {
    const { headers, locale } = this.options;
    return {
      'content-type': JSON_TYPE,
      accept,
      ...(locale === undefined ? {} : { 'accept-language': locale }),
      ...lowerCased(typeof headers === 'function' ? await headers() : headers),
    };
  }
}

/** Otherwise `fetch` would send both of two headers whose names differ in case only. */
function lowerCased(headers: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function isStream({ headers }: FetchResponse): boolean {
  return headers.get('content-type')?.toLowerCase().startsWith(STREAM_TYPE) ?? false;
}

function readText(response: FetchResponse, signal: AbortSignal | undefined): Promise<string> {
  return orNetworkError(response.text(), signal, about(response));
}

async function orNetworkError<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
  details: { status?: number; requestId?: string | undefined } = {},
): Promise<T> {
  try {
    return await promise;
  } catch (cause) {
    signal?.throwIfAborted();
    const reason = cause instanceof Error ? `: ${cause.message}` : '';
    throw new ChatKitClientError(`The server could not be reached${reason}.`, 'network_error', {
      ...details,
      cause,
    });
  }
}

function unexpected(
  type: Operation,
  expected: string,
  response: FetchResponse,
  details: { body: string; cause?: unknown },
): ChatKitClientError {
  return new ChatKitClientError(`${type} was not answered with ${expected}.`, 'invalid_response', {
    ...about(response),
    ...details,
  });
}
