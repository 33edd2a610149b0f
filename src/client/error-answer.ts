import type { Issue } from '../errors';
import { ChatKitClientError } from './errors';
import type { FetchResponse } from './fetch-like';
import { isRecord } from '../protocol/guards';

/** How many characters of a response body an error keeps. */
const SHOWN_LENGTH = 500;

/** The details of a response that every error about it has. */
export function about(response: FetchResponse): { status: number; requestId: string | undefined } {
  return { status: response.status, requestId: response.headers.get('x-request-id') ?? undefined };
}

/** The response body, cut to the length that an error keeps. */
export function excerpt(text: string): string {
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}

/** Makes the error for a response whose status is not 2xx. */
export function toClientError(response: FetchResponse, text: string): ChatKitClientError {
  const details = about(response);
  const error = errorIn(text);
  if (error === undefined) {
    const message = `The server answered with status ${String(response.status)}.`;
    return new ChatKitClientError(message, 'http_error', { ...details, body: excerpt(text) });
  }
  const { code, message, issues, request_id: requestId } = error;
  return new ChatKitClientError(message, typeof code === 'string' ? code : 'http_error', {
    ...details,
    issues: Array.isArray(issues) ? issues.filter(isIssue) : [],
    ...(typeof requestId === 'string' ? { requestId } : {}),
  });
}

/** The `error` of the server's JSON: an object with at least a message. */
function errorIn(text: string): (Record<string, unknown> & { message: string }) | undefined {
  try {
    const body: unknown = JSON.parse(text);
    const error = isRecord(body) ? body['error'] : undefined;
    if (!isRecord(error)) return undefined;
    const { message } = error;
    return typeof message === 'string' ? { ...error, message } : undefined;
  } catch {
    return undefined; // not JSON: a proxy's error page, or an empty body
  }
}

function isIssue(value: unknown): value is Issue {
  return isRecord(value) && typeof value['path'] === 'string' && typeof value['message'] === 'string';
}
