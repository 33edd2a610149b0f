import type { LoggedRequest } from '../data/wire-log';
import { redactHeaders, redactLinks } from './redact';

/** What is saved, as a file of JSON. */
export interface SavedSession {
  version: 1;
  saved: string;
  requests: LoggedRequest[];
}

/** Has the browser save all that went over the wire, without what is secret in it. */
export function saveSession(requests: readonly LoggedRequest[]): void {
  const session: SavedSession = {
    version: 1,
    saved: new Date().toISOString(),
    requests: requests.map(redacted),
  };
  const url = URL.createObjectURL(
    new Blob([JSON.stringify(session, undefined, 1)], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = `chatkit-session-${session.saved.slice(0, 19).replaceAll(':', '-')}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function redacted(request: LoggedRequest): LoggedRequest {
  return {
    ...request,
    headers: redactHeaders(request.headers),
    body: redactLinks(request.body),
    answer: request.answer === undefined ? undefined : redactLinks(request.answer),
    events: request.events.map(({ at, text }) => ({ at, text: redactLinks(text) })),
  };
}
