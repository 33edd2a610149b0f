import { useState } from 'react';
import { readUrl, writeUrl } from './url-state';

const KEY = 'chatkit-playground panel';

/** The panel beside the chat: as the address says, else as it was left the last time. */
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
