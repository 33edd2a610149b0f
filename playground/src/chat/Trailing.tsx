import { useChat, useWorkspace } from '../state/contexts';
import { told } from '../state/problem';
import { Markdown } from '../markdown/Markdown';
import { WidgetIcon } from '../icons/WidgetIcon';
import { TextButton } from '../ui/Button';
import { AttachmentList } from './items/AttachmentList';
import { ProblemNote } from './ProblemNote';
import { X } from 'lucide-react';
import { IconButton } from '../ui/Button';

/** The part below the items: the message being sent, progress, notices, errors. */
export function Trailing() {
  const { chat } = useWorkspace();
  const { thread, outgoing, streaming, problem, loadProblem, running, runsOn } = useChat();
  const { progress, notices, error, items, pendingItemIds } = thread;
  const lastUser = items.findLast(({ type }) => type === 'user_message');
  const isWaiting =
    streaming !== undefined && progress === undefined && pendingItemIds.length === 0 && running.length === 0;
  return (
    <div className="trailing">
      {outgoing !== undefined && (
        <div className="item user outgoing">
          <AttachmentList attachments={outgoing.attachments} />
          {outgoing.text !== '' && <div className="bubble">{outgoing.text}</div>}
        </div>
      )}
      {notices.map((notice, index) => (
        <div key={index} className={`notice ${notice.level}`} role="status">
          <div>
            {notice.title !== undefined && <strong>{notice.title}</strong>}
            <Markdown text={notice.message} />
          </div>
          <IconButton
            icon={X}
            label="Dismiss"
            onClick={() =>
              chat.change({
                thread: { ...chat.state.thread, notices: notices.filter((each) => each !== notice) },
              })
            }
          />
        </div>
      ))}
      {progress !== undefined && (
        <p className="progress" role="status">
          {progress.icon !== undefined && <WidgetIcon name={progress.icon} size={16} />}
          <span className="shimmer">{progress.text}</span>
        </p>
      )}
      {runsOn && (
        <p className="progress" role="status">
          <span className="shimmer">The answer is still running; it is loaded as it is stored…</span>
        </p>
      )}
      {isWaiting && (
        <p className="progress waiting" aria-label="The answer is on its way">
          <span className="pulse" />
        </p>
      )}
      {error !== undefined && (
        <ProblemNote problem={{ ...told(error.message ?? 'Something went wrong.'), code: error.code }}>
          {error.allow_retry && lastUser !== undefined && (
            <TextButton onClick={() => void chat.retry(lastUser.id)}>Retry</TextButton>
          )}
        </ProblemNote>
      )}
      {loadProblem !== undefined && (
        <ProblemNote problem={loadProblem} title="The thread could not be loaded again">
          <TextButton onClick={() => void chat.reload()}>Try again</TextButton>
          <TextButton onClick={() => void chat.open(undefined)}>New chat</TextButton>
        </ProblemNote>
      )}
      {problem !== undefined && (
        <ProblemNote problem={problem}>
          <TextButton onClick={() => chat.change({ problem: undefined })}>Dismiss</TextButton>
          <TextButton onClick={() => void chat.reload().then(() => chat.change({ problem: undefined }))}>
            Reload
          </TextButton>
        </ProblemNote>
      )}
    </div>
  );
}
