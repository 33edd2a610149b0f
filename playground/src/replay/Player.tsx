import { Pause, Play, RotateCcw, SkipBack, StepBack, StepForward } from 'lucide-react';
import { ChatPane } from '../chat/ChatPane';
import { parsed } from '../inspector/parsed';
import { WorkspaceContext } from '../state/contexts';
import { IconButton, TextButton } from '../ui/Button';
import { OutcomeNote } from './OutcomeNote';
import type { Frame } from './play';
import type { SavedSession } from './session-file';
import { useRecording } from './use-recording';
import { useRerun } from './use-rerun';

interface PlayerProps {
  session: SavedSession;
  /** Opens a thread in the chat. */
  onOpen: (threadId: string) => void;
}

/** Plays a session step by step, and can send it again. */
export function Player({ session, onOpen }: PlayerProps) {
  const { frames, position, isPlaying, workspace, seek, toggle } = useRecording(session);
  const { outcomes, isRunning, threadId, run } = useRerun(session);
  const shown = frames[position - 1];
  return (
    <div className="replay-body">
      <section className="replay-chat" aria-label="Recording">
        <div className="replay-controls">
          <IconButton icon={SkipBack} label="To the start" onClick={() => seek(0)} />
          <IconButton
            icon={StepBack}
            label="One step back"
            disabled={position === 0}
            onClick={() => seek(position - 1)}
          />
          <IconButton icon={isPlaying ? Pause : Play} label={isPlaying ? 'Pause' : 'Play'} onClick={toggle} />
          <IconButton
            icon={StepForward}
            label="One step on"
            disabled={position === frames.length}
            onClick={() => seek(position + 1)}
          />
          <input
            type="range"
            min={0}
            max={frames.length}
            value={position}
            aria-label="Step"
            aria-valuetext={titleOf(shown)}
            onChange={(event) => seek(Number(event.target.value))}
          />
          <span className="replay-step">
            {position} / {frames.length} <code>{titleOf(shown)}</code>
          </span>
        </div>
        <WorkspaceContext value={workspace}>
          <ChatPane
            name="the recording"
            badge={<span className="pane-name">recording</span>}
            onHistory={() => undefined}
            isReadOnly
          />
        </WorkspaceContext>
      </section>
      <section className="replay-requests" aria-label="Requests">
        <TextButton kind="primary" disabled={isRunning} onClick={() => void run()}>
          <RotateCcw size={15} aria-hidden /> Send again
        </TextButton>
        <p className="replay-note">
          Requests that change something are sent again as the current user; the responses are compared with
          the recording.
        </p>
        {threadId !== undefined && !isRunning && (
          <TextButton onClick={() => onOpen(threadId)}>Open the new thread</TextButton>
        )}
        <ol>
          {session.requests.map((request) => (
            <li key={request.id}>
              <button
                type="button"
                className="request-title"
                aria-current={request === shown?.request ? 'step' : undefined}
                onClick={() => seek(frames.findLastIndex((frame) => frame.request === request) + 1)}
              >
                <code>{request.operation}</code>
              </button>
              <OutcomeNote outcome={outcomes.get(request)} />
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}

function titleOf(frame: Frame | undefined): string {
  if (frame === undefined) return 'the start';
  const { kind, text, request } = frame;
  if (kind !== 'event') return `${request.operation} ${kind}`;
  const { type } = parsed(text) as { type?: unknown };
  return typeof type === 'string' ? type : '?';
}
