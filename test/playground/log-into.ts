import { SseParser, type FetchLike, type FetchResponse } from '../../src/client';
import type { LoggedRequest } from '../../playground/src/data/logged-request';

/** A `fetch` whose requests are logged as the page logs them: a stream by the events that were read. */
export function logInto(log: LoggedRequest[], fetch: FetchLike): FetchLike {
  return async (url, init) => {
    const { type } = JSON.parse(init.body) as { type: string };
    const request: LoggedRequest = {
      ...{ id: log.length, operation: type, time: new Date().toISOString(), url, size: 0, events: [] },
      ...{ headers: init.headers, body: init.body },
      ...{ status: undefined, requestId: undefined, began: 0, ended: undefined, answer: undefined },
      failure: undefined,
    };
    log.push(request);
    const response = await fetch(url, init);
    request.status = response.status;
    return watched(response, request);
  };
}

function watched(response: FetchResponse, request: LoggedRequest): FetchResponse {
  const { ok, status, headers, body } = response;
  return {
    ...{ ok, status, headers },
    body: body && { getReader: () => watchedReader(body.getReader(), request) },
    async text() {
      request.answer = await response.text();
      return request.answer;
    },
  };
}

function watchedReader(
  reader: ReturnType<NonNullable<FetchResponse['body']>['getReader']>,
  request: LoggedRequest,
): typeof reader {
  const parser = new SseParser();
  const decoder = new TextDecoder();
  let isOver = false;
  return {
    async read() {
      const part = await reader.read();
      isOver = part.done;
      const texts = part.value === undefined ? [] : parser.push(decoder.decode(part.value, { stream: true }));
      request.events = [...request.events, ...texts.map((text) => ({ at: request.events.length, text }))];
      return part;
    },
    async cancel(reason) {
      if (!isOver) request.failure = 'Stopped by the page.';
      await reader.cancel(reason);
    },
  };
}
