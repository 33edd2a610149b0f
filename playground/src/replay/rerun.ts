import { SseParser, type Attachment, type FetchResponse } from 'chatkit-controllers/client';
import { isStream, type LoggedRequest } from '../data/logged-request';
import { parsed } from '../inspector/parsed';
import { Correspondence, type Difference } from './ids';

/** The outcome of a request that was sent again. */
export interface Outcome {
  request: LoggedRequest;
  difference: (Difference & { event: number | undefined }) | undefined;
}

export interface Resending {
  /** Sends a request to the chat as the current user. */
  send: (body: string, headers: Record<string, string>, signal: AbortSignal) => Promise<FetchResponse>;
  /** Uploads the bytes of a file to the server's upload URL. */
  upload: (
    target: NonNullable<Attachment['upload_descriptor']>,
    bytes: Uint8Array<ArrayBuffer>,
  ) => Promise<unknown>;
  /** Called when a thread was created. */
  onThread: (threadId: string) => void;
}

/** Operations that are not sent again: reads, and requests of the page itself. */
const READS = /^(?:threads\.list|threads\.get_by_id|items\.list|\?)$/;

/**
 * Sends a recorded session again, with new ids in place of the recorded ones. It stops at the first request
 * with a different response, since later requests may depend on it.
 */
export async function* rerun(
  requests: readonly LoggedRequest[],
  resending: Resending,
): AsyncGenerator<Outcome, void, void> {
  const ids = new Correspondence();
  for (const request of requests.filter(({ operation }) => !READS.test(operation))) {
    const difference = await sendAgain(request, resending, ids).catch((error: unknown) => ({
      path: '',
      expected: request.status,
      actual: String(error),
      event: undefined,
    }));
    yield { request, difference };
    if (difference !== undefined) return;
  }
}

async function sendAgain(
  request: LoggedRequest,
  { send, upload, onThread }: Resending,
  ids: Correspondence,
): Promise<Outcome['difference']> {
  const controller = new AbortController();
  const body = JSON.stringify(ids.translate(parsed(request.body)));
  const response = await send(body, ownHeaders(request), controller.signal);
  try {
    const status = ids.compare(request.status ?? response.status, response.status, ['status']);
    if (status !== undefined) return { ...status, event: undefined };
    if (isStream(request)) return await compareEvents(request, response, { ids, onThread });
    const answer = parsed(await response.text());
    const found = ids.compare(parsed(request.answer ?? ''), answer);
    if (found !== undefined) return { ...found, event: undefined };
    await uploadBlank(request, answer, upload);
    return undefined;
  } finally {
    controller.abort(); // a stream that was stopped in the recording is stopped now too
  }
}

/** Uploads blank bytes of the same size, since the bytes of files are not recorded. */
async function uploadBlank(
  { operation, body }: LoggedRequest,
  answer: Partial<Attachment>,
  upload: Resending['upload'],
): Promise<void> {
  const { upload_descriptor: target } = answer;
  if (operation !== 'attachments.create' || target === undefined) return;
  const { params } = parsed(body) as { params?: { size?: number } };
  await upload(target, new Uint8Array(params?.size ?? 0));
}

/** The headers that the client sets, without those that identify the user. */
function ownHeaders({ headers }: LoggedRequest): Record<string, string> {
  return Object.fromEntries(
    ['content-type', 'accept', 'accept-language'].flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

async function compareEvents(
  { events, failure }: LoggedRequest,
  response: FetchResponse,
  { ids, onThread }: { ids: Correspondence } & Pick<Resending, 'onThread'>,
): Promise<Outcome['difference']> {
  let index = 0;
  for await (const text of eventsOf(response)) {
    const actual = parsed(text) as { type?: unknown; thread?: { id?: unknown } };
    if (actual.type === 'thread.created' && typeof actual.thread?.id === 'string') onThread(actual.thread.id);
    const expected = events[index];
    const found = ids.compare(expected && parsed(expected.text), actual);
    if (found !== undefined) return { ...found, event: index };
    index += 1;
    if (index === events.length && failure !== undefined) return undefined;
  }
  const missing = events[index];
  if (missing === undefined) return undefined;
  return { path: '', expected: parsed(missing.text), actual: undefined, event: index };
}

async function* eventsOf({ body }: FetchResponse): AsyncGenerator<string> {
  const reader = body?.getReader();
  const parser = new SseParser();
  const decoder = new TextDecoder();
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    if (part.value !== undefined) yield* parser.push(decoder.decode(part.value, { stream: true }));
  }
}
