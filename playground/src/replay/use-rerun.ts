import { useState } from 'react';
import type { LoggedRequest } from '../data/logged-request';
import { useWorkspace } from '../state/contexts';
import { rerun, type Outcome, type Resending } from './rerun';
import type { SavedSession } from './session-file';

interface Rerun {
  outcomes: ReadonlyMap<LoggedRequest, Outcome>;
  isRunning: boolean;
  /** The thread that was created, if there is one. */
  threadId: string | undefined;
  run: () => Promise<void>;
}

/** Sends a session again as the current user. */
export function useRerun({ requests }: SavedSession): Rerun {
  const { url, fetch, headers, threads } = useWorkspace();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<LoggedRequest, Outcome>>(new Map());
  const [isRunning, setRunning] = useState(false);
  const [threadId, setThreadId] = useState<string | undefined>(undefined);
  return {
    outcomes,
    isRunning,
    threadId,
    async run() {
      setRunning(true);
      setThreadId(undefined);
      const found = new Map<LoggedRequest, Outcome>();
      setOutcomes(found);
      const note = (outcome: Outcome): void => {
        found.set(outcome.request, outcome);
        setOutcomes(new Map(found));
      };
      const send = (body: string, own: Record<string, string>, signal: AbortSignal) =>
        fetch(url, { method: 'POST', headers: { ...own, ...headers }, body, signal });
      const upload: Resending['upload'] = ({ url: to, method, headers: given = {} }, bytes) =>
        globalThis.fetch(to, { method, headers: given, body: bytes });
      try {
        for await (const outcome of rerun(requests, { send, upload, onThread: setThreadId })) note(outcome);
      } finally {
        setRunning(false);
        void threads.refresh();
      }
    },
  };
}
