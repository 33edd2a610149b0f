import { Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useStore } from '../state/store';
import { useWorkspace } from '../state/contexts';
import type { LoggedRequest } from '../data/wire-log';
import { IconButton } from '../ui/Button';
import { RequestView } from './RequestView';
import { saveSession } from './save-session';

/** Every request with what came back, the newest first. */
export function EventsTab() {
  const { log } = useWorkspace();
  const requests = useStore(log.requests);
  const [query, setQuery] = useState('');
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
          onClick={() => saveSession(requests)}
        />
        <IconButton
          icon={Trash2}
          label="Clear"
          disabled={requests.length === 0}
          onClick={() => log.clear()}
        />
      </div>
      {requests.length === 0 && <p className="empty">Nothing was sent yet.</p>}
      {requests.length > 0 && found.length === 0 && <p className="empty">Nothing fits the filter.</p>}
      <ol className="requests">
        {found.toReversed().map((request) => (
          <RequestView key={request.id} request={request} needle={needle} />
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
