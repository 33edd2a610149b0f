import { FileUp, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useStore } from '../state/store';
import { IconButton, TextButton } from '../ui/Button';
import { openedSession } from './opened';
import { Player } from './Player';
import { readSession } from './session-file';

interface ReplayProps {
  /** Opens a thread in the chat. */
  onOpen: (threadId: string) => void;
  /** Returns to the chat. */
  onClose: () => void;
}

/** Shows a saved session, without its server, or sends it again. */
export default function Replay({ onOpen, onClose }: ReplayProps) {
  const session = useStore(openedSession);
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const open = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    try {
      openedSession.set(readSession(await file.text()));
      setProblem(undefined);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <main className="replay" aria-label="Replay">
      <header className="replay-bar">
        <TextButton onClick={() => input.current?.click()}>
          <FileUp size={16} aria-hidden /> Open a session
        </TextButton>
        <input
          ref={input}
          type="file"
          hidden
          accept=".json,application/json"
          aria-label="Session file"
          onChange={(event) => {
            void open(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        {session !== undefined && (
          <p>
            {session.requests.length} requests, saved {new Date(session.saved).toLocaleString()}
          </p>
        )}
        <span className="spacer" />
        <IconButton icon={X} label="Back to the chat" onClick={onClose} />
      </header>
      {problem !== undefined && (
        <p role="alert" className="field-problem">
          {problem}
        </p>
      )}
      {session === undefined || session.requests.length === 0 ? (
        <p className="empty">
          Open a session file here. The inspector saves one with its button “Save the session”.
        </p>
      ) : (
        <Player key={session.saved} session={session} onOpen={onOpen} />
      )}
    </main>
  );
}
