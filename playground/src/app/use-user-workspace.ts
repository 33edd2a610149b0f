import { useEffect, useMemo } from 'react';
import type { PageConfig } from '../data/own-api';
import { createWorkspace, type Workspace } from '../state/workspace';
import { readUrl, writeUrl, type UrlState } from './url-state';

/** The URL parameters for the thread and item of a pane. */
export interface PaneKeys {
  thread: keyof UrlState;
  item: keyof UrlState;
}

export const FIRST: PaneKeys = { thread: 'thread', item: 'item' };
export const SECOND: PaneKeys = { thread: 'besideThread', item: 'besideItem' };

/**
 * The workspace of one user, with the thread and item from the URL.
 *
 * @param isShown whether the pane is shown
 */
export function useUserWorkspace(
  config: PageConfig,
  user: string | undefined,
  keys: PaneKeys,
  isShown = true,
): Workspace {
  const { api, users } = config;
  const headers = JSON.stringify(user === undefined ? {} : users[user]);
  const { locale } = config.options;
  const workspace = useMemo(
    () => createWorkspace({ config, user, onOpen: (thread) => writeUrl({ [keys.thread]: thread }) }),
    // Of the options, only the locale affects requests.
    [api, headers, locale, user, keys],
  );
  useEffect(() => {
    if (!isShown) return undefined;
    const { chat, threads, reveal } = workspace;
    void threads.refresh();
    const { [keys.thread]: thread, [keys.item]: item } = readUrl();
    if (thread !== undefined) {
      void chat.open(thread);
      if (item !== undefined) reveal.set({ itemId: item });
    }
    const forget = reveal.subscribe(() => writeUrl({ [keys.item]: reveal.get()?.itemId }));
    return () => {
      forget();
      chat.stop();
    };
  }, [workspace, keys, isShown]);
  return workspace;
}
