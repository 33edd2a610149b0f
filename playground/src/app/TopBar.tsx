import { Bug, Code, LayoutGrid, Menu as MenuIcon, MessageCircle, Moon, Sun, User } from 'lucide-react';
import { useStore } from '../state/store';
import { IconButton } from '../ui/Button';
import { Menu } from '../ui/Menu';
import { theme, toggleTheme } from './theme';

interface TopBarProps {
  user: string | undefined;
  users: readonly string[];
  onUser: (user: string) => void;
  panel: string | undefined;
  onPanel: (panel: string | undefined) => void;
  view: string | undefined;
  onView: (view: string | undefined) => void;
  onHistory: () => void;
}

/** Who acts, what is shown, and how it looks. */
export function TopBar({ user, users, onUser, panel, onPanel, view, onView, onHistory }: TopBarProps) {
  const look = useStore(theme);
  return (
    <header className="top-bar">
      <IconButton icon={MenuIcon} label="Threads" className="only-narrow" onClick={onHistory} />
      <span className="brand">
        <MessageCircle size={18} aria-hidden /> ChatKit playground
      </span>
      <span className="spacer" />
      {users.length > 0 && user !== undefined && (
        <Menu
          label={`User: ${user}`}
          className="chip-button"
          align="end"
          button={
            <>
              <User size={15} aria-hidden /> {user}
            </>
          }
          entries={users.map((name) => ({
            key: name,
            label: name,
            checked: name === user,
            onSelect: () => onUser(name),
          }))}
        />
      )}
      <IconButton
        icon={Code}
        label="Widget editor"
        aria-pressed={view === 'editor'}
        onClick={() => onView(view === 'editor' ? undefined : 'editor')}
      />
      <IconButton
        icon={LayoutGrid}
        label="Widget gallery"
        aria-pressed={view === 'gallery'}
        onClick={() => onView(view === 'gallery' ? undefined : 'gallery')}
      />
      <IconButton
        icon={look === 'light' ? Moon : Sun}
        label={look === 'light' ? 'Dark theme' : 'Light theme'}
        onClick={toggleTheme}
      />
      <IconButton
        icon={Bug}
        label="Inspector"
        aria-pressed={panel !== undefined}
        onClick={() => onPanel(panel === undefined ? 'events' : undefined)}
      />
    </header>
  );
}
