import type { Thread } from 'chatkit-controllers/client';
import { Ellipsis, Pencil, SquarePen, Trash2 } from 'lucide-react';
import { useState, type SubmitEvent } from 'react';
import { ProblemNote } from '../chat/ProblemNote';
import { usePart, useStore } from '../state/store';
import { useConfig, useWorkspace } from '../state/contexts';
import type { ChatState } from '../state/chat-state';
import { Dialog } from '../ui/Dialog';
import { Menu } from '../ui/Menu';
import type { Problem } from '../state/problem';

const shownThread = (state: ChatState) => state.threadId;

interface SidebarProps {
  isOpen: boolean;
  onClose: () => void;
  /** Returns to the chat from other views. */
  onChat: () => void;
  /** Whether it covers the chat even if there is room beside it. */
  isDrawer?: boolean;
}

/** The user's threads. */
export function Sidebar({ isOpen, onClose, onChat, isDrawer = false }: SidebarProps) {
  const { threads, chat, user } = useWorkspace();
  const { threads: list, after, loading, problem } = useStore(threads.state);
  const current = usePart(chat.shown, shownThread);
  const open = (id: string | undefined): void => {
    onClose();
    onChat();
    void chat.open(id);
  };
  return (
    <>
      {isOpen && <div className={isDrawer ? 'scrim drawer' : 'scrim'} onClick={onClose} />}
      <nav
        className={`sidebar ${isDrawer ? 'drawer' : ''} ${isOpen ? 'open' : ''}`}
        aria-label={isDrawer ? `Threads of ${user ?? ''}` : 'Threads'}
      >
        <button type="button" className="new-chat" onClick={() => open(undefined)}>
          <SquarePen size={16} aria-hidden /> New chat
        </button>
        {problem !== undefined && <ProblemNote problem={problem} title="The threads could not be listed" />}
        <ul>
          {list.map((thread) => (
            <ThreadRow
              key={thread.id}
              thread={thread}
              isCurrent={thread.id === current}
              onOpen={() => open(thread.id)}
            />
          ))}
        </ul>
        {list.length === 0 && !loading && problem === undefined && <p className="empty">No threads yet.</p>}
        {after !== undefined && (
          <button
            type="button"
            className="text-button"
            disabled={loading}
            onClick={() => void threads.more()}
          >
            Show more
          </button>
        )}
      </nav>
    </>
  );
}

function ThreadRow({
  thread,
  isCurrent,
  onOpen,
}: {
  thread: Thread;
  isCurrent: boolean;
  onOpen: () => void;
}) {
  const { history } = useConfig().options;
  const [dialog, setDialog] = useState<'rename' | 'delete' | undefined>(undefined);
  const title = thread.title ?? 'Untitled chat';
  const mayRename = history?.showRename !== false;
  const mayDelete = history?.showDelete !== false;
  return (
    <li className={isCurrent ? 'thread-row current' : 'thread-row'}>
      <button type="button" aria-current={isCurrent ? 'page' : undefined} title={title} onClick={onOpen}>
        {title}
        {thread.title === undefined && <small>{timeOf(thread)}</small>}
      </button>
      {(mayRename || mayDelete) && (
        <Menu
          label={`More about ${title}`}
          align="end"
          button={<Ellipsis size={16} aria-hidden />}
          entries={[
            ...(mayRename
              ? [
                  {
                    key: 'rename',
                    label: 'Rename',
                    icon: <Pencil size={15} aria-hidden />,
                    onSelect: () => setDialog('rename'),
                  },
                ]
              : []),
            ...(mayDelete
              ? [
                  {
                    key: 'delete',
                    label: 'Delete',
                    danger: true,
                    icon: <Trash2 size={15} aria-hidden />,
                    onSelect: () => setDialog('delete'),
                  },
                ]
              : []),
          ]}
        />
      )}
      {dialog === 'rename' && <RenameDialog thread={thread} onClose={() => setDialog(undefined)} />}
      {dialog === 'delete' && <DeleteDialog thread={thread} onClose={() => setDialog(undefined)} />}
    </li>
  );
}

/** Distinguishes threads without a title: the time for today's threads, the day for others. */
function timeOf({ created_at }: Thread): string {
  const time = new Date(created_at);
  return time.toDateString() === new Date().toDateString()
    ? time.toLocaleTimeString([], { timeStyle: 'short' })
    : time.toLocaleDateString([], { dateStyle: 'medium' });
}

function RenameDialog({ thread, onClose }: { thread: Thread; onClose: () => void }) {
  const { threads, chat } = useWorkspace();
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const entered = new FormData(event.currentTarget).get('title');
    const title = typeof entered === 'string' ? entered.trim() : '';
    const failed = await threads.rename(thread.id, title);
    setProblem(failed);
    if (failed !== undefined) return;
    const { thread: shown } = chat.state;
    if (shown.thread?.id === thread.id)
      chat.change({ thread: { ...shown, thread: { ...shown.thread, title } } });
    onClose();
  };
  return (
    <Dialog title="Rename the thread" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        <label className="stacked">
          Title
          <input name="title" className="text-field" defaultValue={thread.title ?? ''} required autoFocus />
        </label>
        {problem !== undefined && <ProblemNote problem={problem} />}
        <div className="dialog-actions">
          <button type="button" className="text-button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="text-button primary">
            Rename
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function DeleteDialog({ thread, onClose }: { thread: Thread; onClose: () => void }) {
  const { threads, chat } = useWorkspace();
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const remove = async (): Promise<void> => {
    const failed = await threads.remove(thread.id);
    setProblem(failed);
    if (failed !== undefined) return;
    if (chat.state.threadId === thread.id) void chat.open(undefined);
    onClose();
  };
  return (
    <Dialog title="Delete the thread?" onClose={onClose}>
      <p>“{thread.title ?? 'Untitled chat'}” and all its messages will be deleted.</p>
      {problem !== undefined && <ProblemNote problem={problem} />}
      <div className="dialog-actions">
        <button type="button" className="text-button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" className="text-button danger" onClick={() => void remove()}>
          Delete
        </button>
      </div>
    </Dialog>
  );
}
