import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { ChatPane } from '../chat/ChatPane';
import type { PageConfig } from '../data/own-api';
import { WorkspaceContext } from '../state/contexts';
import { createWorkspace } from '../state/workspace';
import { Sidebar } from './Sidebar';
import { TopBar } from './TopBar';
import { ServerNote } from './ServerNote';
import { useServer } from './use-server';
import { ViewGuard } from './ViewGuard';
import { readUrl, writeUrl } from './url-state';

const Inspector = lazy(() => import('../inspector/Inspector'));
const Editor = lazy(() => import('../editor/Editor'));
const Gallery = lazy(() => import('../gallery/Gallery'));
const Replay = lazy(() => import('../replay/Replay'));

/** The whole page: threads, chat, inspector. */
export function Shell({ config }: { config: PageConfig }) {
  const [start] = useState(readUrl);
  const names = Object.keys(config.users);
  const [user, setUser] = useState(
    start.user !== undefined && names.includes(start.user) ? start.user : names[0],
  );
  const [panel, setPanel] = useState(start.panel);
  const [view, setView] = useState(start.view);
  const [isListOpen, setListOpen] = useState(false);
  const workspace = useMemo(
    () => createWorkspace({ config, user, onOpen: (thread) => writeUrl({ thread }) }),
    [config, user],
  );
  useEffect(() => {
    void workspace.threads.refresh();
    const { thread } = readUrl();
    if (thread !== undefined) void workspace.chat.open(thread);
    return () => workspace.chat.stop();
  }, [workspace]);
  const server = useServer(config, workspace);
  const show = (next: string | undefined): void => {
    setPanel(next);
    writeUrl({ panel: next });
  };
  const turnTo = (next: string | undefined): void => {
    setView(next);
    writeUrl({ view: next });
  };
  const switchUser = (next: string): void => {
    writeUrl({ user: next, thread: undefined });
    setUser(next);
  };
  return (
    <WorkspaceContext value={workspace}>
      <div className="shell" data-panel={panel !== undefined && view === undefined}>
        <TopBar
          user={user}
          users={names}
          onUser={switchUser}
          panel={panel}
          onPanel={show}
          view={view}
          onView={turnTo}
          onHistory={() => setListOpen(!isListOpen)}
        />
        <ServerNote state={server} />
        <Sidebar isOpen={isListOpen} onClose={() => setListOpen(false)} onChat={() => turnTo(undefined)} />
        <ViewGuard key={view ?? 'chat'}>
          {view === 'gallery' ? (
            <Suspense fallback={<main className="loading-view" />}>
              <Gallery />
            </Suspense>
          ) : view === 'editor' ? (
            <Suspense fallback={<main className="loading-view" />}>
              <Editor />
            </Suspense>
          ) : view === 'replay' ? (
            <Suspense fallback={<main className="loading-view" />}>
              <Replay
                onOpen={(thread) => {
                  turnTo(undefined);
                  void workspace.chat.open(thread);
                }}
              />
            </Suspense>
          ) : (
            <ChatPane onHistory={() => setListOpen(true)} />
          )}
        </ViewGuard>
        {panel !== undefined && view === undefined && (
          <ViewGuard>
            <Suspense fallback={<aside className="inspector" />}>
              <Inspector
                tab={panel}
                onTab={show}
                onClose={() => show(undefined)}
                onReplay={() => turnTo('replay')}
              />
            </Suspense>
          </ViewGuard>
        )}
      </div>
    </WorkspaceContext>
  );
}
