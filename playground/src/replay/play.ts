import {
  completeToolCall,
  createThreadState,
  dropItemsAfter,
  endStream,
  reduceThread,
  type Page,
  type Thread,
  type ThreadStreamEvent,
  type VisibleItem,
} from 'chatkit-controllers/client';
import { isStream, type LoggedRequest } from '../data/logged-request';
import { parsed } from '../inspector/parsed';
import { afterEvent } from '../state/after-event';
import { NO_CHAT, type ChatState } from '../state/chat-state';
import { told } from '../state/problem';

/** One step of a recording: a request is sent, an event is received, or a response has ended. */
export interface Frame {
  request: LoggedRequest;
  kind: 'sent' | 'event' | 'ended';
  /** The text of an event. */
  text: string;
  /** Milliseconds since the recording began. */
  at: number;
}

/** All steps of a recording, in the order in which they happened. */
export function framesOf(requests: readonly LoggedRequest[]): readonly Frame[] {
  const start = Math.min(...requests.map(({ time }) => Date.parse(time)));
  return requests
    .flatMap((request): Frame[] => {
      const sent = Date.parse(request.time) - start;
      const last = request.ended ?? request.events.at(-1)?.at ?? 0;
      return [
        { request, kind: 'sent', text: '', at: sent },
        ...request.events.map(({ at, text }) => ({ request, kind: 'event' as const, text, at: sent + at })),
        { request, kind: 'ended', text: '', at: sent + last },
      ];
    })
    .toSorted((a, b) => a.at - b.at);
}

/** The chat after the first `count` steps. */
export function chatAfter(frames: readonly Frame[], count: number): ChatState {
  return frames.slice(0, count).reduce(afterFrame, NO_CHAT);
}

/** The chat after one request, without other requests at the same time. */
export function afterRequest(state: ChatState, request: LoggedRequest): ChatState {
  return framesOf([request]).reduce(afterFrame, state);
}

/** Files are not validated: a step that cannot be shown becomes a problem, and the others still play. */
function afterFrame(state: ChatState, frame: Frame): ChatState {
  try {
    return applied(state, frame);
  } catch (error) {
    return { ...state, problem: told(`This step cannot be shown: ${String(error)}`) };
  }
}

function applied(state: ChatState, frame: Frame): ChatState {
  switch (frame.kind) {
    case 'sent':
      return afterSent(state, frame.request);
    case 'event':
      return afterEvent(state, parsed(frame.text) as ThreadStreamEvent);
    case 'ended':
      return isStream(frame.request)
        ? { ...state, thread: endStream(state.thread), streaming: undefined, outgoing: undefined }
        : afterAnswer(state, frame.request);
  }
}

interface Sent {
  params?: {
    input?: { content?: { text?: string }[]; attachments?: never[] };
    item_id?: string;
    thread_id?: string;
    after?: string;
    result?: unknown;
  };
}

function afterSent(state: ChatState, request: LoggedRequest): ChatState {
  if (!isStream(request)) return state;
  const { params = {} } = parsed(request.body) as Sent;
  const next = { ...state, streaming: request.operation, problem: undefined };
  switch (request.operation) {
    case 'threads.create':
    case 'threads.add_user_message': {
      const text = (params.input?.content ?? []).map((part) => part.text ?? '').join('');
      const base = request.operation === 'threads.create' ? { ...next, ...NO_THREAD } : next;
      return { ...base, thread: { ...base.thread, notices: [] }, outgoing: { text, attachments: [] } };
    }
    case 'threads.retry_after_item':
      return { ...next, thread: { ...dropItemsAfter(state.thread, params.item_id ?? ''), error: undefined } };
    case 'threads.add_client_tool_output':
      return { ...next, thread: completeToolCall(state.thread, params.result) };
    default:
      return next;
  }
}

const NO_THREAD = { threadId: undefined, thread: NO_CHAT.thread };

function afterAnswer(state: ChatState, { operation, body, answer, status }: LoggedRequest): ChatState {
  if (answer === undefined) return state;
  const { params = {} } = parsed(body) as Sent;
  if ((status ?? 200) >= 400) {
    const { error } = parsed(answer) as { error?: { message?: string } };
    return { ...state, problem: told(`${operation}: ${error?.message ?? String(status)}`) };
  }
  switch (operation) {
    case 'threads.get_by_id':
      return withThread(state, parsed(answer) as Thread);
    case 'items.list':
      return withItems(state, params, parsed(answer) as Page<VisibleItem>);
    case 'threads.sync_custom_action': {
      const { updated_item: item } = parsed(answer) as { updated_item?: VisibleItem };
      if (item === undefined) return state;
      return { ...state, thread: reduceThread(state.thread, { type: 'thread.item.replaced', item }) };
    }
    default:
      return state;
  }
}

/** The page requests a thread and its items at the same time; either response may be the first. */
function withThread(state: ChatState, thread: Thread): ChatState {
  const items = state.threadId === thread.id ? state.thread.items : undefined;
  return { ...state, threadId: thread.id, thread: createThreadState(thread, items) };
}

function withItems(
  state: ChatState,
  { thread_id, after }: NonNullable<Sent['params']>,
  { data }: Page<VisibleItem>,
): ChatState {
  const page = data.toReversed();
  const items = after === undefined ? page : [...page, ...state.thread.items];
  const base = state.threadId === thread_id ? state.thread : NO_CHAT.thread;
  return { ...state, threadId: thread_id, thread: { ...base, items } };
}
