import {
  createThreadState,
  type Attachment,
  type ClientEffectEvent,
  type ThreadState,
} from 'chatkit-controllers/client';
import type { Problem } from './problem';

/** The clicked component of a widget. */
export interface Place {
  itemId: string;
  /** The component's path in its widget: `children.0.confirm`. */
  path: string;
}

export type LoadingBehavior = 'none' | 'self' | 'container';

/** An action that has been sent and not been answered yet. */
export interface RunningAction extends Place {
  type: string;
  loading: LoadingBehavior;
  operation: 'threads.custom_action' | 'threads.sync_custom_action';
}

/** A message that is being sent. */
export interface Outgoing {
  text: string;
  attachments: readonly Attachment[];
}

/** A client effect, or an action that the page handles. */
export interface PageCall {
  id: number;
  kind: 'effect' | 'action';
  name: string;
  data: unknown;
}

export interface ChatState {
  threadId: string | undefined;
  thread: ThreadState;
  /** Whether the thread is being fetched. */
  loading: boolean;
  /** Why the thread could not be fetched. */
  loadProblem: Problem | undefined;
  /** The cursor of the next older page; undefined if there is none. */
  older: string | undefined;
  loadingOlder: boolean;
  /** Whether the server is still running an answer whose stream this page has lost. */
  runsOn: boolean;
  /** The operation that is streaming now. */
  streaming: string | undefined;
  outgoing: Outgoing | undefined;
  /** Why the last request failed, except for actions. */
  problem: Problem | undefined;
  running: readonly RunningAction[];
  /** The error of the last action of an item, by the item's id. */
  actionProblems: Readonly<Record<string, Problem & { path: string }>>;
  feedback: Readonly<Record<string, 'positive' | 'negative'>>;
  /** The calls to the page, the newest last. */
  calls: readonly PageCall[];
}

export const NO_CHAT: ChatState = {
  threadId: undefined,
  thread: createThreadState(),
  loading: false,
  loadProblem: undefined,
  older: undefined,
  loadingOlder: false,
  runsOn: false,
  streaming: undefined,
  outgoing: undefined,
  problem: undefined,
  running: [],
  actionProblems: {},
  feedback: {},
  calls: [],
};

export type { ClientEffectEvent };
