import { useEffect, useRef, type ReactNode } from 'react';
import { useChat, useConfig, useWorkspace } from '../state/contexts';
import { Announcer } from './Announcer';
import { ChatHeader } from './ChatHeader';
import { useStore } from '../state/store';
import { Composer } from './composer/Composer';
import { Messages } from './Messages';
import { ProblemNote } from './ProblemNote';
import { SearchBar } from './SearchBar';
import { StartScreen } from './StartScreen';

interface ChatPaneProps {
  /** Opens the list of threads, if it is not beside the chat. */
  onHistory: () => void;
  /** The pane's name, if there are two. */
  name?: string | undefined;
  /** Shown before the title. */
  badge?: ReactNode;
  /** Shown after the title. */
  tools?: ReactNode;
  /** Whether the composer is hidden. */
  isReadOnly?: boolean;
}

/** One chat: header, messages, composer. */
export function ChatPane({ onHistory, name, badge, tools, isReadOnly = false }: ChatPaneProps) {
  const { chat, isSearching } = useWorkspace();
  const { options } = useConfig();
  const state = useChat();
  const isEmpty =
    state.outgoing === undefined && state.problem === undefined && state.thread.items.length === 0;
  const isNew = state.threadId === undefined && isEmpty;
  const { text: disclaimer, highContrast } = options.disclaimer ?? {};
  const pane = useRef<HTMLElement>(null);
  const searching = useStore(isSearching);
  // A page may have only one `main`.
  const Pane = name === undefined ? 'main' : 'section';
  useEffect(() => {
    const open = (event: KeyboardEvent): void => {
      if (
        event.key === 'Escape' &&
        chat.state.streaming !== undefined &&
        pane.current?.contains(document.activeElement)
      ) {
        chat.stop();
      }
    };
    document.addEventListener('keydown', open);
    return () => document.removeEventListener('keydown', open);
  }, [chat]);
  return (
    <Pane ref={pane} className="chat-pane" aria-label={name === undefined ? 'Chat' : `Chat of ${name}`}>
      {options.header?.enabled !== false && (
        <ChatHeader
          onHistory={onHistory}
          badge={badge}
          tools={tools}
          isReadOnly={isReadOnly}
          onSearch={() => isSearching.update((shown) => !shown)}
        />
      )}
      {searching && <SearchBar onClose={() => isSearching.set(false)} />}
      {state.loadProblem !== undefined && state.thread.thread === undefined ? (
        <div className="pane-note">
          <ProblemNote problem={state.loadProblem} title="The thread could not be loaded">
            <button type="button" className="text-button" onClick={() => void chat.reload()}>
              Try again
            </button>
            <button type="button" className="text-button" onClick={() => void chat.open(undefined)}>
              New chat
            </button>
          </ProblemNote>
        </div>
      ) : isNew ? (
        <StartScreen />
      ) : (
        <Messages />
      )}
      {!isReadOnly && (
        <div className="composer-place">
          <Composer />
          {disclaimer !== undefined && (
            <p className={highContrast === true ? 'disclaimer strong' : 'disclaimer'}>{disclaimer}</p>
          )}
        </div>
      )}
      <Announcer />
    </Pane>
  );
}
