import type { LoggedRequest } from '../data/logged-request';

/** A log of requests as a JSON file, which can be opened again. */
export interface SavedSession {
  version: 1;
  /** ISO 8601. */
  saved: string;
  requests: readonly LoggedRequest[];
}

/** Saves a session as a file in the browser. */
export function saveSession(requests: readonly LoggedRequest[]): void {
  const session: SavedSession = { version: 1, saved: new Date().toISOString(), requests };
  const url = URL.createObjectURL(
    new Blob([JSON.stringify(session, undefined, 1)], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = `chatkit-session-${session.saved.slice(0, 19).replaceAll(':', '-')}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** @throws Error that says why the text is not a session */
export function readSession(text: string): SavedSession {
  let session: Partial<SavedSession>;
  try {
    session = Object(JSON.parse(text)) as Partial<SavedSession>;
  } catch {
    throw new Error('This file is not JSON: choose one that the inspector has saved.');
  }
  if (session.version !== 1 || !Array.isArray(session.requests) || !session.requests.every(isRequest)) {
    throw new Error('This file contains no session: choose one that the inspector has saved.');
  }
  return session as SavedSession;
}

function isRequest(value: unknown): value is LoggedRequest {
  const { operation, time, body, headers, events } = Object(value) as Partial<LoggedRequest>;
  return (
    [operation, time, body].every((each) => typeof each === 'string') &&
    typeof headers === 'object' &&
    (headers as unknown) !== null &&
    Array.isArray(events) &&
    events.every((event: unknown) => typeof (Object(event) as { text?: unknown }).text === 'string')
  );
}
