import { Download, History, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useStore } from '../state/store';
import { useWorkspace } from '../state/contexts';
import type { LoggedRequest } from '../data/logged-request';
import { IconButton } from '../ui/Button';
import { RequestView } from './RequestView';
import { openedSession } from '../replay/opened';
import { redacted } from '../replay/redact';
import { saveSession } from '../replay/session-file';

/** All requests with their responses, the newest first. */
export function EventsTab({ onReplay }: { onReplay: () => void }) {
  const { log } = useWorkspace();
  const requests = useStore(log.requests);
  const [query, setQuery] = useState('');
  const [keepsSecrets, setKeepsSecrets] = useState(false);
  const ready = keepsSecrets ? (request: LoggedRequest): LoggedRequest => request : redacted;
  const needle = query.trim().toLowerCase();
  const found = needle === '' ? requests : requests.filter((request) => matches(request, needle));
  return (
    <>
      <div className="inspector-bar">
        <input
          type="search"
          className="text-field"
          placeholder="Filter"
          aria-label="Filter events"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <IconButton
          icon={Download}
          label="Save the session"
          disabled={requests.length === 0}
          onClick={() => saveSession(requests.map(ready))}
        />
        <IconButton
          icon={History}
          label="Replay a session"
          onClick={() => {
            openedSession.set({ version: 1, saved: new Date().toISOString(), requests });
            onReplay();
          }}
        />
        <IconButton
          icon={Trash2}
          label="Clear"
          disabled={requests.length === 0}
          onClick={() => log.clear()}
        />
      </div>
      <label
        className="choice small"
        title="In copies and saved sessions: authorization, cookies, signatures"
      >
        <input
          type="checkbox"
          checked={keepsSecrets}
          onChange={(event) => setKeepsSecrets(event.target.checked)}
        />
        Keep secrets in copies and files
      </label>
      {requests.length === 0 && <p className="empty">Nothing was sent yet.</p>}
      {requests.length > 0 && found.length === 0 && <p className="empty">Nothing matches the filter.</p>}
      <ol className="requests">
        {found.toReversed().map((request) => (
          <RequestView
            key={request.id}
            request={request}
            earlier={() => requests.slice(0, requests.indexOf(request))}
            needle={needle}
            ready={ready}
          />
        ))}
      </ol>
    </>
  );
}

function matches({ operation, body, answer, events }: LoggedRequest, needle: string): boolean {
  const texts = [operation, body, answer ?? ''];
  return (
    texts.some((text) => text.toLowerCase().includes(needle)) ||
    events.some(({ text }) => text.toLowerCase().includes(needle))
  );
}
