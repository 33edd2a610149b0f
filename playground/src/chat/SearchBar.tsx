import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { useChat, useWorkspace } from '../state/contexts';
import { IconButton, TextButton } from '../ui/Button';
import { textOfItem } from './item-text';

/** Finds text in all loaded items, including those that are not rendered. */
export function SearchBar({ onClose }: { onClose: () => void }) {
  const { chat, reveal } = useWorkspace();
  const { thread, older, loadingOlder } = useChat();
  const { items } = thread;
  const [query, setQuery] = useState('');
  const [current, setCurrent] = useState<string | undefined>(undefined);
  const needle = query.trim().toLowerCase();
  const found = useMemo(
    () =>
      needle === ''
        ? []
        : items.filter((item) => textOfItem(item).toLowerCase().includes(needle)).map(({ id }) => id),
    [items, needle],
  );
  const at = current === undefined ? -1 : found.indexOf(current);
  const turn = (step: 1 | -1): void => {
    // Starts with the newest match, which is the nearest.
    const next = at === -1 ? found.at(-1) : found.at((at + step) % found.length);
    if (next === undefined) return;
    setCurrent(next);
    reveal.set({ itemId: next });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      turn(event.shiftKey ? 1 : -1);
    }
  };
  return (
    <div className="search-bar" role="search" aria-label="Messages" onKeyDown={onKeyDown}>
      <input
        type="search"
        className="text-field"
        aria-label="Search the messages"
        placeholder="Search the messages"
        autoFocus
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <span role="status">
        {needle === ''
          ? ''
          : at === -1
            ? `${String(found.length)} found`
            : `${String(at + 1)} of ${String(found.length)}`}
      </span>
      <IconButton icon={ChevronUp} label="Earlier" disabled={found.length === 0} onClick={() => turn(-1)} />
      <IconButton icon={ChevronDown} label="Later" disabled={found.length === 0} onClick={() => turn(1)} />
      {older !== undefined && (
        <TextButton
          className="small"
          disabled={loadingOlder}
          onClick={() => void chat.loadUntil(() => false)}
        >
          Search older ones too
        </TextButton>
      )}
      <IconButton icon={X} label="Close the search" onClick={onClose} />
    </div>
  );
}
