import type { JsonObject, Scenario, Send, Step } from '../language';
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
  request,
  say,
  widget,
} from './parts';

const CHANGES: Readonly<Record<string, JsonObject>> = {
  'its title': { title: 'A title' },
  'its title to an empty one': { title: '' },
  'its title to one in many scripts': { title: 'Grüße 你好 مرحبا 👩‍👩‍👧 \u0000\u2028"\\/' },
  'its status to locked': { status: { type: 'locked' } },
  'its status to locked with a reason': { status: { type: 'locked', reason: 'Paid' } },
  'its status to closed with no reason': { status: { type: 'closed', reason: null } },
  'its metadata': { metadata: { plan: 'free', nothing: null } },
  'its image domains': { allowed_image_domains: ['example.com', 'cdn.example.com'] },
  'its image domains to none': { allowed_image_domains: [] },
  'all of it': {
    title: 'T',
    status: { type: 'closed', reason: 'Over' },
    metadata: { a: 1 },
    allowed_image_domains: ['*'],
  },
};

const change = (changes: JsonObject): Step => ({ thread: changes });

const PLACES: Readonly<Record<string, (step: Step) => Step[]>> = {
  'before the first event': (step) => [step, done(message('a', 'Hi'))],
  'between two events': (step) => [done(message('a', 'Hi')), step, done(message('b', 'Ho'))],
  'after the last event': (step) => [done(message('a', 'Hi')), step],
  'before it throws': (step) => [done(message('a', 'Hi')), step, { throw: { other: 'x' } }],
  'before it throws a message': (step) => [step, { throw: { custom: 'Sorry' } }],
  'before a hidden item': (step) => [step, done(hidden('h'))],
  'before an item that is not yet done': (step) => [step, added(message('a', 'Hi'))],
};

const threadOps: Send[] = [get, request('threads.list'), list()];

const changed: Scenario[] = Object.entries(CHANGES).map(([name, changes]) => ({
  name: `A handler changes ${name}`,
  exchanges: [create([change(changes), progress('x')]), ...threadOps, say([{ tell: 'thread' }])],
}));

const placed: Scenario[] = Object.entries(PLACES).map(([name, steps]) => ({
  name: `A handler changes the title ${name}`,
  exchanges: [create(steps(change({ title: 'New' }))), get],
}));

const acted: Scenario[] = Object.entries(PLACES).map(([name, steps]) => ({
  name: `An action changes the title ${name}`,
  exchanges: [create([done(widget('w'))]), act('go', steps(change({ title: 'New' })), { item_id: 'w' }), get],
}));

const all = CHANGES['all of it']!;

export const threads: Scenario[] = [
  ...changed,
  ...placed,
  ...acted,
  {
    name: 'A handler changes the status to one with more in it than the protocol has',
    exchanges: [create([{ thread: { status: { type: 'locked', reason: 'x', secret: 1 } } }]), get],
  },
  {
    name: 'A handler clears what it had set',
    exchanges: [
      create([change(all), progress('x')]),
      say([change({ title: null, allowed_image_domains: null, metadata: {}, status: { type: 'active' } })]),
      get,
    ],
  },
  {
    name: 'A handler changes the title back and forth',
    exchanges: [
      create([
        change({ title: 'A' }),
        progress('1'),
        change({ title: 'B' }),
        progress('2'),
        change({ title: 'A' }),
      ]),
      get,
    ],
  },
  {
    name: 'A handler sets what is there already',
    exchanges: [create([change({ title: 'A' })]), say([change({ title: 'A' }), progress('same')])],
  },
  {
    name: 'Every operation runs on a locked thread',
    exchanges: [
      create([
        change({ status: { type: 'locked', reason: 'x' } }),
        done(widget('w')),
        done(message('a', 'Hi')),
      ]),
      say([done(message('b', 'Hi'))]),
      act('go', [done(message('c', 'Hi'))], { item_id: 'w' }),
      request('threads.update', { title: 'T' }),
      request('items.feedback', { item_ids: ['a'], kind: 'negative' }),
      request('threads.retry_after_item', { item_id: '{{message 1}}' }, [done(message('d', 'Again'))]),
      request('threads.delete'),
    ],
  },
  {
    name: 'A thread is renamed',
    exchanges: [create(), request('threads.update', { title: 'Grüße 👋' }), ...threadOps],
  },
  {
    name: 'A thread is renamed to nothing',
    exchanges: [create(), request('threads.update', { title: '' }), get],
  },
  {
    name: 'A thread is renamed while it streams',
    exchanges: [
      create([{ pause: true }, done(message('a', 'Hi'))], { leaveOpen: true }),
      request('threads.update', { title: 'Mine' }),
      { resume: true },
      get,
    ],
  },
  {
    name: 'A thread with its status changed keeps a rename that came meanwhile',
    exchanges: [
      create([{ pause: true }, change({ status: { type: 'locked' } }), done(message('a', 'Hi'))], {
        leaveOpen: true,
      }),
      request('threads.update', { title: 'Mine' }),
      { resume: true },
    ],
  },
  {
    name: 'A thread is deleted with all that is in it',
    exchanges: [create([done(message('a', 'Hi'))]), request('threads.delete'), request('threads.list')],
  },
  {
    name: 'A thread is deleted while another stays',
    exchanges: [
      create(),
      create(),
      request('threads.delete', { thread_id: '{{thread 1}}' }),
      request('threads.list'),
    ],
  },
  {
    name: 'What is asked of a deleted thread',
    exchanges: [
      create(),
      request('threads.delete'),
      get,
      say(),
      request('threads.update', { title: 'T' }),
      act('go', []),
    ],
  },
  {
    name: 'A thread is deleted that is not there',
    exchanges: [request('threads.delete', { thread_id: 'thr_nowhere' })],
  },
  {
    name: 'Items are listed of a thread that is not there',
    exchanges: [request('items.list', { thread_id: 'thr_nowhere' })],
  },
  ...[
    'threads.get_by_id',
    'threads.update',
    'threads.retry_after_item',
    'threads.add_client_tool_output',
    'threads.add_structured_input',
    'threads.custom_action',
    'threads.sync_custom_action',
    'threads.add_user_message',
  ].map((type): Scenario => ({
    name: `${type} on a thread that is not there`,
    exchanges: [
      create(),
      request(type, {
        thread_id: 'thr_nowhere',
        title: 'T',
        item_id: 'x',
        result: 1,
        action: { type: 'x' },
        input:
          type === 'threads.add_user_message' ? { content: [], attachments: [], inference_options: {} } : {},
      }),
    ],
  })),
];
