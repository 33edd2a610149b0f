import { User } from 'lucide-react';
import { Menu } from '../ui/Menu';

interface UserMenuProps {
  user: string;
  users: readonly string[];
  onUser: (user: string) => void;
  align?: 'start' | 'end';
}

/** A menu of the users, with the current one. */
export function UserMenu({ user, users, onUser, align = 'end' }: UserMenuProps) {
  return (
    <Menu
      label={`User: ${user}`}
      className="chip-button"
      align={align}
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
  );
}
