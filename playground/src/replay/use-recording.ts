import { useEffect, useMemo, useState } from 'react';
import { useConfig } from '../state/contexts';
import { createWorkspace, type Workspace } from '../state/workspace';
import { chatAfter, framesOf, type Frame } from './play';
import type { SavedSession } from './session-file';

/** The longest pause between two steps, in milliseconds; longer recorded pauses are shortened. */
const LONGEST_PAUSE = 400;

export interface Recording {
  frames: readonly Frame[];
  /** How many steps are shown. */
  position: number;
  isPlaying: boolean;
  /** A workspace that shows the recording, and sends nothing. */
  workspace: Workspace;
  seek: (position: number) => void;
  toggle: () => void;
}

/** Plays the steps of a session one after the other. */
export function useRecording({ requests }: SavedSession): Recording {
  const config = useConfig();
  const frames = useMemo(() => framesOf(requests), [requests]);
  const [position, setPosition] = useState(frames.length);
  const [isPlaying, setPlaying] = useState(false);
  const workspace = useMemo(
    () => createWorkspace({ config, user: undefined, onOpen: () => undefined, fetch: refuse }),
    [config],
  );
  useEffect(() => workspace.chat.change(chatAfter(frames, position)), [workspace, frames, position]);
  useEffect(() => {
    if (!isPlaying) return;
    const next = frames[position];
    if (next === undefined) {
      setPlaying(false);
      return;
    }
    const pause = next.at - (frames[position - 1]?.at ?? 0);
    const timer = setTimeout(() => setPosition(position + 1), Math.min(pause, LONGEST_PAUSE));
    return () => clearTimeout(timer);
  }, [isPlaying, position, frames]);
  return {
    frames,
    position,
    isPlaying,
    workspace,
    seek(next) {
      setPlaying(false);
      setPosition(next);
    },
    toggle() {
      if (!isPlaying && position === frames.length) setPosition(0);
      setPlaying(!isPlaying);
    },
  };
}

function refuse(): Promise<never> {
  return Promise.reject(new Error('this is a recording, and nothing is sent'));
}
