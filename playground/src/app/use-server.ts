import { useEffect, useRef, useState } from 'react';
import { ask, type PageConfig } from '../data/own-api';
import { forgetHandlers } from '../inspector/handlers';
import type { Workspace } from '../state/workspace';

/** The interval of checks whether the server is up, in milliseconds: while it is up, and while it is not. */
const SELDOM = 3_000;
const OFTEN = 500;

export type ServerState = 'up' | 'down' | 'restarted';

/**
 * Watches for restarts of the server, for example by `tsx watch`. After a restart, everything that may have
 * changed is fetched again; drafts, panels and the log stay.
 */
export function useServer(
  { instance }: PageConfig,
  workspaces: readonly Workspace[],
  onConfig: (config: PageConfig) => void,
): ServerState {
  const watched = useRef({ workspaces, onConfig });
  watched.current = { workspaces, onConfig };
  const [state, setState] = useState<ServerState>('up');
  useEffect(() => {
    let known = instance;
    let wasDown = false;
    let wasBroken = false;
    let timer: ReturnType<typeof setTimeout>;
    let isOver = false;
    const look = async (): Promise<void> => {
      const found = await ask<PageConfig>('config').catch(() => undefined);
      if (isOver) return;
      if (found === undefined) {
        wasDown = true;
        setState('down');
      } else {
        const isBroken = found.problems.length > 0;
        if (found.instance !== known || wasDown || isBroken !== wasBroken) {
          setState(found.instance === known ? 'up' : 'restarted');
          known = found.instance;
          wasDown = false;
          wasBroken = isBroken;
          forgetHandlers();
          watched.current.onConfig(found);
          if (!isBroken) for (const workspace of watched.current.workspaces) refresh(workspace);
        }
      }
      timer = setTimeout(() => void look(), found === undefined ? OFTEN : SELDOM);
    };
    timer = setTimeout(() => void look(), SELDOM);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, []);
  useEffect(() => {
    if (state !== 'restarted') return;
    const timer = setTimeout(() => setState('up'), 4_000);
    return () => clearTimeout(timer);
  }, [state]);
  return state;
}

function refresh({ threads, chat, runs }: Workspace): void {
  void threads.refresh();
  void chat.reload();
  runs.update((count) => count + 1);
}
