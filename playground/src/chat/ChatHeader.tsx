import { History, Lock, SquarePen } from 'lucide-react';
import { useChat, useConfig, useWorkspace } from '../state/contexts';
import { IconButton } from '../ui/Button';

interface ChatHeaderProps {
  onHistory: () => void;
  name: string | undefined;
  isReadOnly: boolean;
}

/** Title of the thread, history, new chat. */
export function ChatHeader({ onHistory, name, isReadOnly }: ChatHeaderProps) {
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
      {title?.enabled !== false && (
        <h1>
          {name !== undefined && <span className="pane-name">{name}</span>}
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
      {!isReadOnly && (
        <IconButton icon={SquarePen} label="New chat" onClick={() => void chat.open(undefined)} />
      )}
    </header>
  );
}
