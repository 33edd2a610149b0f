import type { Scenario } from '../language';
import {
  added,
  create,
  done,
  get,
  hidden,
  list,
  message,
  planted,
  progress,
  removed,
  replaced,
  request,
  say,
  updated,
} from './parts';
import { M } from './update-values';
import { ITEMS, ONE_OF_EACH } from './values';

const kept: Scenario[] = Object.entries(ITEMS).map(([name, item]) => ({
  name: `Keeps and sends ${name}`,
  exchanges: [create([done({ id: 'i1', ...item })]), get],
}));

const each = (title: string, exchanges: (item: Record<string, never>) => Scenario['exchanges']): Scenario[] =>
  Object.entries(ONE_OF_EACH).map(([type, item]) => ({
    name: `${title}: ${type}`,
    exchanges: exchanges({ id: 'i1', ...item } as never),
  }));

export const items: Scenario[] = [
  ...kept,
  ...each('An item that is added and never done', (item) => [create([added(item)]), list()]),
  ...each('An item that is added and then done', (item) => [create([added(item), done(item)]), list()]),
  ...each('An item that replaces a message', (item) => [
    create([done(message('i1', 'First')), done(message('i2', 'Second'))]),
    say([replaced(item)]),
    list({ order: 'asc' }),
  ]),
  ...each('An item that replaces nothing is stored', (item) => [create([replaced(item)]), list()]),
  ...each('An item that is removed', (item) => [create([done(item)]), say([removed('i1')]), list()]),
  {
    name: 'Items with more in them than the protocol has',
    exchanges: [
      create(Object.values(ITEMS).map((item, n) => done(planted({ id: `i${String(n)}`, ...item })))),
      list({ limit: 100 }),
      say(Object.values(ONE_OF_EACH).map((item, n) => replaced(planted({ id: `r${String(n)}`, ...item })))),
    ],
  },
  {
    name: 'The same ids in two threads',
    exchanges: [
      create([done(message('i1', 'Here')), done(message('i2', 'Here'))]),
      create([done(message('i1', 'There')), replaced(message('i2', 'There')), removed('i2')]),
      get,
      request('threads.get_by_id', { thread_id: '{{thread 1}}' }),
    ],
  },
  {
    name: 'Items that are hidden, shown again and removed',
    exchanges: [
      create([
        done(message('i1', 'Here')),
        { thread: { title: 'One' } },
        done(hidden('i1')),
        progress('between'),
        removed('i1'),
        done(hidden('i2')),
        replaced(message('i2', 'Now')),
        removed('i2'),
        done(message('i3', 'Here')),
        replaced(hidden('i3')),
        updated('i3', { type: `${M}.text_delta`, content_index: 0, delta: 'no' }),
        removed('i3'),
        done(hidden('i4')),
        done(message('i5', 'Stays')),
      ]),
      say([replaced(message('i4', 'Shown')), done(hidden('i5')), removed('i5'), removed('i4')]),
      get,
    ],
  },
  {
    name: 'An item of another thread is refused',
    exchanges: [
      create([done(message('i1', 'Here'))]),
      say([done(message('i2', 'Here')), done(message('i3', 'There', { thread_id: 'thr_x' }))]),
    ],
  },
  {
    name: 'An item that is removed before it is done',
    exchanges: [create([added(message('i1', 'Hm')), removed('i1')]), list()],
  },
  {
    name: 'Removing what is not there',
    exchanges: [create([removed('nowhere'), progress('still here')]), list()],
  },
  {
    name: 'An item that is removed and done again',
    exchanges: [
      create([done(message('i1', 'a')), done(message('i2', 'b')), removed('i1'), done(message('i1', 'c'))]),
      list(),
    ],
  },
  {
    name: 'An item that is done twice is there once, in its first place',
    exchanges: [
      create([done(message('i1', 'a')), done(message('i2', 'b')), done(message('i1', 'c'))]),
      list(),
      get,
    ],
  },
  {
    name: 'Items come in the order in which they were stored, whatever their times',
    exchanges: [
      create([
        done(message('i1', 'late')),
        done(message('i2', 'early', { created_at: '2020-01-02T03:04:05Z' })),
      ]),
      list({ order: 'asc' }),
      list({ limit: 1 }),
    ],
  },
  {
    name: 'An item that is added first and done last comes last',
    exchanges: [
      create([added(message('i1', 'slow')), done(message('i2', 'quick')), done(message('i1', 'slow'))]),
      list({ order: 'asc' }),
    ],
  },
  {
    name: 'A time that a handler gives is kept to the letter',
    exchanges: [create([done(message('i1', 'early', { created_at: '2020-01-02T03:04:05Z' }))])],
  },
  {
    name: 'Items written to the store past the stream',
    exchanges: [
      create([
        { add: message('i1', 'quietly') },
        { save: message('i1', 'changed') },
        { tell: 'items' },
        { delete: 'i1' },
      ]),
      get,
    ],
  },
];
