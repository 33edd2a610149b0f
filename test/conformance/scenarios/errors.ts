import type { Problem, Hook, Scenario, Step } from '../language';
import {
  act,
  added,
  create,
  done,
  get,
  hidden,
  list,
  message,
  progress,
  removed,
  replaced,
  request,
  say,
  sync,
  widget,
} from './parts';

const PROBLEMS: Readonly<Record<string, Problem>> = {
  'a message for the user': { custom: 'No seats left' },
  'a message for the user with retry': { custom: 'Busy', retry: true },
  'an empty message for the user': { custom: '' },
  'a stream error': { stream: 'stream.error' },
  'a stream error without retry': { stream: 'stream.error', retry: false },
  'anything else': { other: 'SECRET: password=hunter2' },
};

const BEFORE: Readonly<Record<string, Step[]>> = {
  'at once': [],
  'after an event': [progress('x')],
  'after an item': [done(message('a', 'Hi'))],
  'amid an item': [added(message('a', 'Hi'))],
};

const OTHERS: Readonly<Record<string, (steps: Step[]) => Scenario['exchanges']>> = {
  'An action': (steps) => [create([done(widget('w'))]), act('go', steps, { item_id: 'w' }), get],
  'The responder after tool output': (steps) => [
    create([
      done({ id: 't', type: 'client_tool_call', call_id: 'c', name: 'n', arguments: {}, status: 'pending' }),
    ]),
    request('threads.add_client_tool_output', { result: {} }, steps),
    get,
  ],
  'The responder after answers': (steps) => [
    create([done({ id: 's', type: 'structured_input', status: 'pending', inputs: [] })]),
    request('threads.add_structured_input', { item_id: 's', input: {} }, steps),
    get,
  ],
  'The responder at a retry': (steps) => [
    create([done(message('a', 'Hi'))]),
    request('threads.retry_after_item', { item_id: '{{message}}' }, steps),
    get,
  ],
  'The responder at a second message': (steps) => [create(), say(steps), get],
  'A sync action': (steps) => [create([done(widget('w'))]), sync('go', steps, { item_id: 'w' }), get],
  Feedback: (steps) => [
    create([done(message('a', 'Hi'))]),
    request('items.feedback', { item_ids: ['a'], kind: 'positive' }, steps),
  ],
  Dictation: (steps) => [request('input.transcribe', { audio_base64: '', mime_type: 'audio/mp4' }, steps)],
};

const without = (hook: Hook, name: string, exchanges: Scenario['exchanges']): Scenario => ({
  name,
  without: [hook],
  exchanges,
});

export const errors: Scenario[] = [
  ...Object.entries(PROBLEMS).flatMap(([what, problem]) =>
    Object.entries(BEFORE).map(([when, before]): Scenario => ({
      name: `The responder throws ${what} ${when}`,
      exchanges: [create([...before, { throw: problem }, progress('never')]), get],
    })),
  ),
  ...Object.entries(PROBLEMS).flatMap(([what, problem]) =>
    Object.entries(OTHERS).map(([who, exchanges]): Scenario => ({
      name: `${who} throws ${what}`,
      exchanges: exchanges([{ throw: problem }]),
    })),
  ),
  {
    name: 'Messages that broke off are there for handlers and requests, until they are removed',
    exchanges: [
      create([added(message('a', 'Hi')), added(message('b', 'Hm')), { throw: { other: 'SECRET' } }]),
      say([{ tell: 'items' }, removed('a'), { tell: 'items' }]),
      act('go', [], { item_id: 'b' }),
      request('items.feedback', { item_ids: ['b'], kind: 'positive' }),
      list({ limit: 2 }),
      list({ after: 'b', order: 'asc' }),
      say([replaced(message('b', 'Whole'))]),
      get,
    ],
  },
  {
    name: 'Messages that broke off go with a retry',
    exchanges: [
      create([added(message('a', 'Hi')), { throw: { other: 'SECRET' } }]),
      request('threads.retry_after_item', { item_id: '{{message}}' }, [done(message('c', 'Again'))]),
      get,
    ],
  },
  {
    name: 'A throw after a hidden item tells nothing of it',
    exchanges: [create([done(hidden('h', 'SECRET')), { throw: { other: 'SECRET' } }]), get],
  },
  {
    name: 'An action without a handler is answered',
    without: ['action', 'sync'],
    exchanges: [create([done(widget('w'))]), act('go', [], { item_id: 'w' })],
  },
  without('action', 'A streaming action that only a sync handler takes', [
    create([done(widget('w'))]),
    act('go', [{ return: widget('w', 'new') }], { item_id: 'w' }),
  ]),
  without('sync', 'A sync action without a handler', [
    create([done(widget('w'))]),
    sync('go', [], { item_id: 'w' }),
  ]),
  without('feedback', 'Feedback that nobody listens to is accepted', [
    create([done(message('a', 'Hi'))]),
    request('items.feedback', { item_ids: ['a'], kind: 'positive' }),
  ]),
  without('transcribe', 'Dictation that nobody takes down', [
    request('input.transcribe', { audio_base64: 'aGk=', mime_type: 'audio/mp4' }),
  ]),
  without('attachments', 'An attachment for a server that takes none', [
    { send: { type: 'attachments.create', params: { name: 'a', size: 1, mime_type: 'text/plain' } } },
  ]),
  without('attachments', 'Deleting an attachment of a server that takes none', [
    { send: { type: 'attachments.delete', params: { attachment_id: 'a' } } },
  ]),
];
