import { useState } from 'react';
import { readUrl, writeUrl } from './url-state';

const KEY = 'chatkit-playground panel';

/** The inspector's panel: from the URL, else the one that was open last. */
export function usePanel(): [panel: string | undefined, show: (panel: string | undefined) => void] {
  const [panel, setPanel] = useState(() => {
    const stored = localStorage.getItem(KEY) ?? '';
    return readUrl().panel ?? (stored === '' ? undefined : stored);
  });
  return [
    panel,
    (next) => {
      localStorage.setItem(KEY, next ?? '');
      writeUrl({ panel: next });
      setPanel(next);
    },
  ];
}
