import { lazy, Suspense, useState } from 'react';
import { flushSync } from 'react-dom';
import { ChatPane } from '../chat/ChatPane';
import type { PageConfig } from '../data/own-api';
import { WorkspaceContext } from '../state/contexts';
import { SideBySide, type Seat } from './Panes';
import { useShortcuts, type Shortcut } from './shortcuts';
import { ShortcutsDialog } from './ShortcutsDialog';
import { Sidebar } from './Sidebar';
import { toggleTheme } from './theme';
import { TopBar } from './TopBar';
import { ServerNote } from './ServerNote';
import { usePanel } from './use-panel';
import { useServer } from './use-server';
import { FIRST, SECOND, useUserWorkspace } from './use-user-workspace';
import { ViewGuard } from './ViewGuard';
import { readUrl, writeUrl, type View } from './url-state';

const Inspector = lazy(() => import('../inspector/Inspector'));
const Editor = lazy(() => import('../editor/Editor'));
const Gallery = lazy(() => import('../gallery/Gallery'));
const Replay = lazy(() => import('../replay/Replay'));

interface ShellProps {
  config: PageConfig;
  /** Called when the server's configuration has changed after a restart. */
  onConfig: (config: PageConfig) => void;
}

/** The whole page: threads, chat, inspector. */
export function Shell({ config, onConfig }: ShellProps) {
  const [start] = useState(readUrl);
  const names = Object.keys(config.users);
  const known = (name: string | undefined): string | undefined =>
    name !== undefined && names.includes(name) ? name : undefined;
  const [user, setUser] = useState(known(start.user) ?? names[0]);
  const [beside, setBeside] = useState(known(start.beside));
  const [panel, show] = usePanel();
  const [view, setView] = useState(start.view);
  const [isListOpen, setListOpen] = useState(false);
  const [turned, setTurned] = useState(0);
  const [isHelp, setHelp] = useState(false);
  const workspace = useUserWorkspace(config, user, FIRST);
  const second = useUserWorkspace(config, beside, SECOND, beside !== undefined);
  const server = useServer(config, beside === undefined ? [workspace] : [workspace, second], onConfig);
  const turnTo = (next: View | undefined): void => {
    setView(next);
    writeUrl({ view: next });
  };
  const switchUser = (next: string): void => {
    writeUrl({ user: next, thread: undefined, item: undefined });
    setUser(next);
  };
  const sitBeside = (next: string | undefined): void => {
    writeUrl({ beside: next, besideThread: undefined, besideItem: undefined });
    setBeside(next);
    setTurned(0);
  };
  /** Switches to the chat, and does something in it. */
  const inChat = (act: () => void): void => {
    flushSync(() => turnTo(undefined));
    act();
  };
  // The inspector is shown beside the chat only.
  const isInspecting = panel !== undefined && view === undefined;
  const toggleInspector = (): void => {
    turnTo(undefined);
    show(isInspecting ? undefined : (panel ?? 'events'));
  };
  const shortcuts: readonly Shortcut[] = [
    { keys: '?', label: 'These keys', act: () => setHelp(true) },
    {
      keys: '/',
      label: 'Write a message',
      act: () => inChat(() => document.querySelector<HTMLElement>('.composer textarea')?.focus()),
    },
    { keys: 'n', label: 'New chat', act: () => inChat(() => void workspace.chat.open(undefined)) },
    { keys: 'f', label: 'Search the messages', act: () => inChat(() => workspace.isSearching.set(true)) },
    { keys: 'i', label: 'Inspector', act: toggleInspector },
    { keys: 'g', label: 'Widget gallery', act: () => turnTo(view === 'gallery' ? undefined : 'gallery') },
    { keys: 'e', label: 'Widget editor', act: () => turnTo(view === 'editor' ? undefined : 'editor') },
    { keys: 't', label: 'Light or dark theme', act: toggleTheme },
  ];
  useShortcuts(shortcuts);
  const openHistory = (): void => setListOpen(true);
  const seats: readonly [Seat, Seat] | undefined =
    user === undefined || beside === undefined
      ? undefined
      : [
          { user, workspace, onUser: switchUser },
          { user: beside, workspace: second, onUser: sitBeside },
        ];
  return (
    <WorkspaceContext value={workspace}>
      <div className="shell" data-panel={isInspecting}>
        <TopBar
          user={beside === undefined ? user : undefined}
          users={names}
          onUser={switchUser}
          isSideBySide={beside !== undefined}
          onSideBySide={() =>
            sitBeside(beside === undefined ? names.find((name) => name !== user) : undefined)
          }
          onHelp={() => setHelp(true)}
          isInspecting={isInspecting}
          onInspect={toggleInspector}
          view={view}
          onView={turnTo}
          onHistory={() => setListOpen(!isListOpen)}
        />
        <ServerNote state={server} />
        {isHelp && <ShortcutsDialog own={shortcuts} onClose={() => setHelp(false)} />}
        <Sidebar
          isOpen={isListOpen}
          onClose={() => setListOpen(false)}
          onChat={() => {
            turnTo(undefined);
            // In layouts with the thread list as a drawer, the inspector covers the chat.
            if (isListOpen) show(undefined);
          }}
        />
        <ViewGuard key={view ?? 'chat'}>
          <Suspense fallback={<main className="loading-view" />}>
            {view === 'gallery' ? (
              <Gallery />
            ) : view === 'editor' ? (
              <Editor />
            ) : view === 'replay' ? (
              <Replay
                onClose={() => turnTo(undefined)}
                onOpen={(thread) => {
                  turnTo(undefined);
                  void workspace.chat.open(thread);
                }}
              />
            ) : seats === undefined ? (
              <ChatPane onHistory={openHistory} />
            ) : (
              <SideBySide
                users={names}
                seats={seats}
                onHistory={openHistory}
                onClose={() => sitBeside(undefined)}
                onTurn={setTurned}
              />
            )}
          </Suspense>
        </ViewGuard>
        {isInspecting && (
          <ViewGuard>
            <Suspense fallback={<aside className="inspector" />}>
              <WorkspaceContext value={seats?.[turned]?.workspace ?? workspace}>
                <Inspector
                  tab={panel}
                  onTab={show}
                  onClose={() => show(undefined)}
                  onReplay={() => turnTo('replay')}
                />
              </WorkspaceContext>
            </Suspense>
          </ViewGuard>
        )}
      </div>
    </WorkspaceContext>
  );
}
