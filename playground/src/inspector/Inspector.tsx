import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useConfig, useWorkspace } from '../state/contexts';
import { useStore } from '../state/store';
import { IconButton } from '../ui/Button';
import { Splitter } from '../ui/Splitter';
import { widgetNotes } from '../widgets/widget-notes';
import { CallsTab } from './CallsTab';
import { EventsTab } from './EventsTab';
import { HandlersTab } from './HandlersTab';
import { OptionsTab } from './OptionsTab';
import { StoreTab } from './StoreTab';

interface InspectorProps {
  tab: string;
  onTab: (tab: string) => void;
  onClose: () => void;
  /** Opens the replay. */
  onReplay: () => void;
}

/** Shows requests, handlers, the store and more, which the real ChatKit page does not show. */
export default function Inspector({ tab, onTab, onClose, onReplay }: InspectorProps) {
  const { inspects } = useConfig();
  const { chat, reveal } = useWorkspace();
  const part = useRef<HTMLElement>(null);
  useEffect(
    () =>
      reveal.subscribe(() => {
        // On a phone the inspector covers the chat, so it closes to show the item.
        const covers = part.current !== null && getComputedStyle(part.current).position === 'fixed';
        if (covers && reveal.get() !== undefined) onClose();
      }),
    [reveal, onClose],
  );
  const { calls } = useStore(chat.shown);
  const notes = useStore(widgetNotes);
  const tabs = [
    { id: 'events', label: 'Events' },
    ...(inspects
      ? [
          { id: 'handlers', label: 'Handlers' },
          { id: 'store', label: 'Store' },
        ]
      : []),
    { id: 'calls', label: count('Page', calls.length + notes.length) },
    { id: 'options', label: 'Options' },
  ];
  const shown = tabs.some(({ id }) => id === tab) ? tab : 'events';
  return (
    <aside ref={part} className="inspector" aria-label="Inspector">
      <Splitter />
      <header>
        <div role="tablist" aria-label="Inspector" className="tabs">
          {tabs.map(({ id, label }) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`tab-${id}`}
              aria-selected={id === shown}
              aria-controls="inspector-panel"
              onClick={() => onTab(id)}
            >
              {label}
            </button>
          ))}
        </div>
        <IconButton icon={X} label="Close the inspector" onClick={onClose} />
      </header>
      {!inspects && (
        <p className="inspector-note">
          This chat runs in another process: only requests and responses are shown.
        </p>
      )}
      <div
        role="tabpanel"
        id="inspector-panel"
        aria-labelledby={`tab-${shown}`}
        className="inspector-panel"
        tabIndex={0}
      >
        {shown === 'events' && <EventsTab onReplay={onReplay} />}
        {shown === 'handlers' && <HandlersTab />}
        {shown === 'store' && <StoreTab />}
        {shown === 'calls' && <CallsTab />}
        {shown === 'options' && <OptionsTab />}
      </div>
    </aside>
  );
}

function count(label: string, number: number): string {
  return number === 0 ? label : `${label} (${String(number)})`;
}
