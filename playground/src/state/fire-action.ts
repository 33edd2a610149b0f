import { reduceThread, type ActionConfig } from 'chatkit-controllers/client';
import type { ChatSession } from './chat-session';
import type { LoadingBehavior, Place, RunningAction } from './chat-state';
import { problemOf } from './problem';

/** Used instead of an item's id for an action that no widget sends. */
export const NO_SENDER = '';

/** A click in a widget. */
export interface Firing extends Place {
  action: ActionConfig;
  /** The action's payload, merged with a form's values. */
  payload: unknown;
  /** The component's loading behavior, for actions that set none or `auto`. */
  auto: LoadingBehavior;
}

/**
 * Sends an action as ChatKit's page does: `handler: 'client'` goes to the page, `streaming: false` to the
 * sync operation, others to a stream. Streaming actions are refused while another stream runs.
 */
export async function fireAction(session: ChatSession, firing: Firing): Promise<void> {
  const { action, payload, itemId, path } = firing;
  const { state } = session;
  session.change({ actionProblems: without(state.actionProblems, itemId) });
  if (action.handler === 'client') {
    session.called({ kind: 'action', name: action.type, data: payload });
    return;
  }
  const { threadId } = state;
  if (threadId === undefined) return;
  const isSync = action.streaming === false;
  if (!isSync && state.streaming !== undefined) {
    session.actionFailed(
      firing,
      'Wait until the answer has ended: a streaming action cannot run at the same time.',
    );
    return;
  }
  const running: RunningAction = {
    itemId,
    path,
    type: action.type,
    loading: behaviorOf(firing),
    operation: isSync ? 'threads.sync_custom_action' : 'threads.custom_action',
  };
  session.change({ running: [...session.state.running, running] });
  try {
    const request = { type: action.type, payload };
    if (isSync) await fireSync(session, threadId, request, firing);
    else {
      await session.run(
        running.operation,
        (signal) => session.client.threads.action(threadId, request, { itemId: senderOf(itemId), signal }),
        firing,
      );
    }
  } finally {
    session.change({ running: session.state.running.filter((each) => each !== running) });
  }
}

async function fireSync(
  session: ChatSession,
  threadId: string,
  request: { type: string; payload: unknown },
  { itemId, path }: Place,
): Promise<void> {
  try {
    const { updated_item } = await session.client.threads.syncAction(threadId, request, {
      itemId: senderOf(itemId),
    });
    if (updated_item === undefined || session.state.threadId !== threadId) return;
    const event = { type: 'thread.item.replaced', item: updated_item } as const;
    session.change({ thread: reduceThread(session.state.thread, event) });
  } catch (error) {
    const { actionProblems } = session.state;
    session.change({ actionProblems: { ...actionProblems, [itemId]: { ...problemOf(error), path } } });
  }
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

function senderOf(itemId: string): string | undefined {
  return itemId === NO_SENDER ? undefined : itemId;
}

function behaviorOf({ action, auto }: Firing): LoadingBehavior {
  const { loadingBehavior } = action;
  return loadingBehavior === undefined || loadingBehavior === 'auto' ? auto : loadingBehavior;
}
