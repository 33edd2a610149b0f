import {
  Bug,
  Code,
  Columns2,
  Keyboard,
  LayoutGrid,
  Menu as MenuIcon,
  MessageCircle,
  Moon,
  Sun,
} from 'lucide-react';
import { useStore } from '../state/store';
import { IconButton } from '../ui/Button';
import { theme, toggleTheme } from './theme';
import type { View } from './url-state';
import { UserMenu } from './UserMenu';

interface TopBarProps {
  /** The current user; undefined if there is only one user, or each pane has its own menu. */
  user: string | undefined;
  users: readonly string[];
  onUser: (user: string) => void;
  isSideBySide: boolean;
  onSideBySide: () => void;
  isInspecting: boolean;
  onInspect: () => void;
  view: View | undefined;
  onView: (view: View | undefined) => void;
  onHistory: () => void;
  onHelp: () => void;
}

/** The controls for the user, the view and the theme. */
export function TopBar({
  user,
  users,
  onUser,
  isSideBySide,
  onSideBySide,
  isInspecting,
  onInspect,
  view,
  onView,
  onHistory,
  onHelp,
}: TopBarProps) {
  const look = useStore(theme);
  return (
    <header className="top-bar">
      <IconButton icon={MenuIcon} label="Threads" className="only-narrow" onClick={onHistory} />
      <span className="brand">
        <MessageCircle size={18} aria-hidden /> <span className="brand-name">ChatKit playground</span>
      </span>
      <span className="spacer" />
      {user !== undefined && <UserMenu user={user} users={users} onUser={onUser} />}
      {users.length > 1 && (
        <IconButton
          icon={Columns2}
          label="Two users side by side"
          aria-pressed={isSideBySide}
          onClick={onSideBySide}
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
      <IconButton icon={Keyboard} label="Keyboard shortcuts" className="only-wide" onClick={onHelp} />
      <IconButton
        icon={look === 'light' ? Moon : Sun}
        label={look === 'light' ? 'Dark theme' : 'Light theme'}
        onClick={toggleTheme}
      />
      <IconButton icon={Bug} label="Inspector" aria-pressed={isInspecting} onClick={onInspect} />
    </header>
  );
}
