import { useState } from 'react';
import type { PageOptions } from '../data/page-options';
import type { EditedOptions } from '../state/contexts';

const KEY = 'chatkit-playground options';

/** The options as edited in this tab, which survive a reload; else those of the server. */
export function useEditedOptions(given: PageOptions): EditedOptions {
  const [edited, setEdited] = useState<PageOptions | undefined>(read);
  return {
    options: edited ?? given,
    isEdited: edited !== undefined,
    edit(options) {
      if (options === undefined) sessionStorage.removeItem(KEY);
      else sessionStorage.setItem(KEY, JSON.stringify(options));
      setEdited(options);
    },
  };
}

function read(): PageOptions | undefined {
  const text = sessionStorage.getItem(KEY);
  return text === null ? undefined : (JSON.parse(text) as PageOptions);
}
