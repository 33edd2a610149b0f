import { TextQuote } from 'lucide-react';
import { useEffect, useState, type RefObject } from 'react';
import { useWorkspace } from '../state/contexts';

interface Selected {
  text: string;
  left: number;
  top: number;
}

/** Offers to quote the text that the user has selected in the messages. */
export function QuoteButton({ within }: { within: RefObject<HTMLElement | null> }) {
  const { draft } = useWorkspace();
  const [selected, setSelected] = useState<Selected | undefined>(undefined);
  useEffect(() => {
    const look = (): void => setSelected(selectionIn(within.current));
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  }, [within]);
  if (selected === undefined) return null;
  return (
    <button
      type="button"
      className="text-button quote-button"
      style={{ left: selected.left, top: selected.top }}
      onPointerDown={(event) => event.preventDefault()} // keeps the selection
      onClick={() => {
        draft.update((each) => ({ ...each, quote: selected.text }));
        getSelection()?.removeAllRanges();
      }}
    >
      <TextQuote size={15} aria-hidden /> Quote
    </button>
  );
}

function selectionIn(within: HTMLElement | null): Selected | undefined {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed || within === null) return undefined;
  const item = selection.anchorNode?.parentElement?.closest('[data-item]');
  if (item === null || item === undefined || !within.contains(item)) return undefined;
  const text = selection.toString().trim();
  if (text === '') return undefined;
  const { left, top } = selection.getRangeAt(0).getBoundingClientRect();
  return { text, left, top: Math.max(top - 40, 4) };
}
