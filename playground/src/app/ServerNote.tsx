import type { ServerState } from './use-server';

/** Shows that the server is down, or has restarted. */
export function ServerNote({ state }: { state: ServerState }) {
  if (state === 'up') return null;
  return (
    <p className="server-note" role="status" data-state={state}>
      {state === 'down'
        ? 'The server does not answer. Trying again…'
        : 'The server was restarted: everything is loaded again.'}
    </p>
  );
}
