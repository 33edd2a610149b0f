import type { JsonObject, Scenario } from '../language';
import { act, create, done, hidden, message, planted, widget } from './parts';

const ELSEWHERE = { thread_id: 'thr_x', created_at: '2020-01-02T03:04:05Z' };

/** Events of threads, which handlers need not send. */
export const THREADS_TOLD: Readonly<Record<string, JsonObject>> = {
  'an update of the thread': {
    type: 'thread.updated',
    thread: { title: 'Told', status: { type: 'active' }, metadata: {}, items: { data: [], has_more: false } },
  },
  'an update of the thread with an item, and nothing else': {
    type: 'thread.updated',
    thread: { items: { data: [{ ...message('t1', 'Told'), ...ELSEWHERE }] } },
  },
  'an update of the thread with hidden items, some visible': {
    type: 'thread.updated',
    thread: {
      items: {
        data: [
          { ...message('t1', 'Told'), ...ELSEWHERE },
          { ...hidden('t2'), ...ELSEWHERE },
        ],
        has_more: true,
        after: 't2',
      },
    },
  },
  'an update of the thread with metadata': {
    type: 'thread.updated',
    thread: { metadata: { of: 'the server' }, items: {} },
  },
  'a new thread, which it is not': {
    type: 'thread.created',
    thread: { title: 'Old', status: { type: 'closed', reason: null }, items: { data: [] } },
  },
};

const EVENTS: Readonly<Record<string, JsonObject>> = {
  'a progress': { type: 'progress_update', text: 'Searching…' },
  'a progress with an icon': { type: 'progress_update', text: 'Searching…', icon: 'search' },
  'a progress with no icon': { type: 'progress_update', text: '', icon: null },
  'a client effect': { type: 'client_effect', name: 'open', data: { id: 'x' } },
  'a client effect with nulls in its data': {
    type: 'client_effect',
    name: 'open',
    data: { nothing: null, list: [null, [], {}], deep: { nothing: null } },
  },
  'a client effect with empty data': { type: 'client_effect', name: 'open', data: {} },
  'a client effect without data': { type: 'client_effect', name: 'open' },
  'an info': { type: 'notice', level: 'info', message: '**Note** this' },
  'a warning with a title': { type: 'notice', level: 'warning', message: 'Careful', title: 'Mind' },
  'a danger with no title': { type: 'notice', level: 'danger', message: '', title: null },
  'a custom error': { type: 'error', code: 'custom', message: 'No seats left', allow_retry: false },
  'a custom error with retry': { type: 'error', code: 'custom', message: 'Busy', allow_retry: true },
  'a stream error': { type: 'error', code: 'stream.error', allow_retry: true },
  'an error with no message': { type: 'error', code: 'stream.error', message: null, allow_retry: false },
  'a bare error': { type: 'error' },
  'stream options again': { type: 'stream_options', stream_options: { allow_cancel: false } },
  ...THREADS_TOLD,
};

const answered: Scenario[] = Object.entries(EVENTS).map(([name, event]) => ({
  name: `The responder sends ${name}`,
  exchanges: [create([{ emit: event }])],
}));

const acted: Scenario[] = Object.entries(EVENTS).map(([name, event]) => ({
  name: `An action sends ${name}`,
  exchanges: [create([done(widget('w1'))]), act('go', [{ emit: event }], { item_id: 'w1' })],
}));

export const events: Scenario[] = [
  ...answered,
  ...acted,
  {
    name: 'Events with more in them than the protocol has',
    exchanges: [create(Object.values(EVENTS).map((event) => ({ emit: planted(event) })))],
  },
  { name: 'A handler that sends nothing', exchanges: [create([])] },
  {
    name: 'A handler that sends a hundred events',
    exchanges: [
      create(
        Array.from({ length: 100 }, (_, n) => ({
          emit: { type: 'progress_update', text: `step ${String(n)}` },
        })),
      ),
    ],
  },
  ...[true, false].map((allow_cancel) => ({
    name: `The stream options say allow_cancel: ${String(allow_cancel)}`,
    exchanges: [create([], { settings: { allow_cancel } })],
  })),
];
