import { ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useWorkspace } from '../state/contexts';
import type { LoggedEvent } from '../data/logged-request';
import { JsonView } from '../ui/JsonView';
import { parsed } from './parsed';
import { kilobytes } from '../ui/kilobytes';

interface Read {
  type: string;
  detail: string;
  itemId: string | undefined;
}

/** One event of a stream, with a link to its item. */
export function EventRow({ event }: { event: LoggedEvent }) {
  const { reveal } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const { type, detail, itemId } = useMemo(() => read(event.text), [event.text]);
  return (
    <li className="event" data-event={type}>
      <div className="event-line">
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <ChevronRight size={12} aria-hidden className={isOpen ? 'open' : ''} />
          <span className="event-time">{event.at.toFixed(0)} ms</span>
          <code>{type}</code>
          {detail !== '' && <span className="event-detail">{detail}</span>}
          <span className="event-size">{kilobytes(event.text.length)}</span>
        </button>
        {itemId !== undefined && (
          <button
            type="button"
            className="event-item"
            title={`Show ${itemId}`}
            onClick={() => reveal.set({ itemId })}
          >
            {itemId.slice(0, 10)}
          </button>
        )}
      </div>
      {isOpen && <JsonView value={parsed(event.text)} label={`The event ${type} as JSON`} />}
    </li>
  );
}

function read(text: string): Read {
  const event = parsed(text) as {
    type?: unknown;
    item_id?: unknown;
    item?: { id?: unknown; type?: unknown };
    update?: { type?: unknown };
    code?: unknown;
    name?: unknown;
  };
  const id = event.item?.id ?? event.item_id;
  const detail = event.update?.type ?? event.item?.type ?? event.code ?? event.name;
  return {
    type: typeof event.type === 'string' ? event.type : '?',
    detail: typeof detail === 'string' ? detail : '',
    itemId: typeof id === 'string' ? id : undefined,
  };
}
