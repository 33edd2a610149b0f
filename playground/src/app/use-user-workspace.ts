import { useEffect, useMemo } from 'react';
import type { PageConfig } from '../data/own-api';
import { createWorkspace, type Workspace } from '../state/workspace';
import { readUrl, writeUrl } from './url-state';

/**
 * The workspace of one user, with the thread that the address names.
 *
 * @param key where the address names it
 * @param isShown whether there is such a pane
 */
export function useUserWorkspace(
  config: PageConfig,
  user: string | undefined,
  key: 'thread' | 'besideThread',
  isShown = true,
): Workspace {
  const { api, users } = config;
  const headers = JSON.stringify(user === undefined ? {} : users[user]);
  const { locale } = config.options;
  const workspace = useMemo(
    () => createWorkspace({ config, user, onOpen: (thread) => writeUrl({ [key]: thread }) }),
    // Other options than the locale change nothing about what is sent.
    [api, headers, locale, user, key],
  );
  useEffect(() => {
    if (!isShown) return undefined;
    void workspace.threads.refresh();
    const thread = readUrl()[key];
    if (thread !== undefined) void workspace.chat.open(thread);
    return () => workspace.chat.stop();
  }, [workspace, key, isShown]);
  return workspace;
}
