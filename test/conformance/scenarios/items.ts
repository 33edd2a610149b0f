import type { Scenario } from '../language';
import { added, create, done, get, list, message, progress, removed, replaced, say } from './parts';
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
