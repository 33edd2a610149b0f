import { useEffect, useRef, useState } from 'react';
import { useChat } from '../state/contexts';
import { textOfItem } from './item-text';

/** Announces assistant messages to screen readers, once each, when they are complete. */
export function Announcer() {
  const { streaming, thread } = useChat();
  const [text, setText] = useState('');
  const before = useRef<number | undefined>(undefined);
  const { items } = thread;
  useEffect(() => {
    if (streaming !== undefined) {
      before.current ??= items.length;
      return;
    }
    if (before.current === undefined) return;
    const said = items.slice(before.current).filter(({ type }) => type === 'assistant_message');
    before.current = undefined;
    setText(said.map(textOfItem).join('\n'));
  }, [streaming, items]);
  return (
    <div className="visually-hidden" aria-live="polite" role="status">
      {text}
    </div>
  );
}
