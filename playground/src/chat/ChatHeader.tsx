import type { ReactNode } from 'react';
import { History, Lock, Search, SquarePen } from 'lucide-react';
import { useChat, useConfig, useWorkspace } from '../state/contexts';
import { IconButton } from '../ui/Button';

interface ChatHeaderProps {
  onHistory: () => void;
  badge: ReactNode;
  tools: ReactNode;
  isReadOnly: boolean;
  onSearch: () => void;
}

/** The thread's title, and the buttons for history and a new chat. */
export function ChatHeader({ onHistory, badge, tools, isReadOnly, onSearch }: ChatHeaderProps) {
  const { chat } = useWorkspace();
  const { options } = useConfig();
  const { thread } = useChat();
  const { title } = options.header ?? {};
  const status = thread.thread?.status.type;
  return (
    <header className="chat-header">
      {!isReadOnly && options.history?.enabled !== false && (
        <IconButton icon={History} label="Threads" onClick={onHistory} className="only-narrow" />
      )}
      {badge}
      {title?.enabled !== false && (
        <h1>
          {title?.text ??
            thread.thread?.title ??
            (thread.thread === undefined ? 'New chat' : 'Untitled chat')}
        </h1>
      )}
      {status !== undefined && status !== 'active' && (
        <span className="thread-status">
          <Lock size={13} aria-hidden /> {status}
        </span>
      )}
      {thread.items.length > 0 && <IconButton icon={Search} label="Search the messages" onClick={onSearch} />}
      {!isReadOnly && (
        <IconButton icon={SquarePen} label="New chat" onClick={() => void chat.open(undefined)} />
      )}
      {tools}
    </header>
  );
}
