import { Link2, X } from 'lucide-react';
import { useState } from 'react';
import { ChatPane } from '../chat/ChatPane';
import { WorkspaceContext } from '../state/contexts';
import type { Workspace } from '../state/workspace';
import { IconButton } from '../ui/Button';
import { Sidebar } from './Sidebar';
import { UserMenu } from './UserMenu';

/** The chat of one user. */
export interface Seat {
  user: string;
  workspace: Workspace;
  onUser: (user: string) => void;
}

interface SideBySideProps {
  users: readonly string[];
  seats: readonly [Seat, Seat];
  onHistory: () => void;
  /** Returns to a single chat. */
  onClose: () => void;
  /** Called when a pane becomes active; the inspector then shows that one. */
  onTurn: (index: number) => void;
}

/** Two users side by side, to compare what each of them can see. */
export function SideBySide({ users, seats, onHistory, onClose, onTurn }: SideBySideProps) {
  const [isListOpen, setListOpen] = useState(false);
  return (
    <main className="panes" aria-label="Two users">
      {seats.map(({ user, workspace, onUser }, index) => {
        const other = seats[1 - index];
        return (
          <WorkspaceContext key={index} value={workspace}>
            <div className="pane" onFocus={() => onTurn(index)} onPointerDown={() => onTurn(index)}>
              {index === 1 && (
                <Sidebar
                  isDrawer
                  isOpen={isListOpen}
                  onClose={() => setListOpen(false)}
                  onChat={() => undefined}
                />
              )}
              <ChatPane
                name={user}
                badge={<UserMenu align="start" user={user} users={users} onUser={onUser} />}
                onHistory={index === 0 ? onHistory : () => setListOpen(true)}
                tools={
                  <>
                    <IconButton
                      icon={Link2}
                      label={`Open the thread of ${other?.user ?? ''} here`}
                      onClick={() => void workspace.chat.open(other?.workspace.chat.state.threadId)}
                    />
                    {index === 1 && <IconButton icon={X} label="One chat alone" onClick={onClose} />}
                  </>
                }
              />
            </div>
          </WorkspaceContext>
        );
      })}
    </main>
  );
}
