import {
  createThreadState,
  type Attachment,
  type ClientEffectEvent,
  type ThreadState,
} from 'chatkit-controllers/client';
import type { Problem } from './problem';

/** Where a click was: a component of a widget. */
export interface Place {
  itemId: string;
  /** The component's path in its widget: `children.0.confirm`. */
  path: string;
}

export type LoadingBehavior = 'none' | 'self' | 'container';

/** An action that was clicked and is not answered. */
export interface RunningAction extends Place {
  type: string;
  loading: LoadingBehavior;
  operation: 'threads.custom_action' | 'threads.sync_custom_action';
}

/** A message on its way to the server. */
export interface Outgoing {
  text: string;
  attachments: readonly Attachment[];
}

/** A client effect, or an action that the page itself is to handle. */
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
  /** Why it could not be. */
  loadProblem: Problem | undefined;
  /** The cursor of the next older page; undefined when all is there. */
  older: string | undefined;
  loadingOlder: boolean;
  /** Whether the server goes on with an answer whose stream this page has lost. */
  runsOn: boolean;
  /** What streams now. */
  streaming: string | undefined;
  outgoing: Outgoing | undefined;
  /** Why the last request failed, apart from actions. */
  problem: Problem | undefined;
  running: readonly RunningAction[];
  /** What went wrong with the last action of an item, by the item's id. */
  actionProblems: Readonly<Record<string, Problem & { path: string }>>;
  feedback: Readonly<Record<string, 'positive' | 'negative'>>;
  /** What the page was asked to do, the newest last. */
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
