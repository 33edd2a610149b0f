import type { JsonObject, Scenario } from '../language';
import { create, done, get, hidden, list, message, request } from './parts';

const number = (n: number): string => `i${String(n).padStart(2, '0')}`;

/** A thread with so many answers behind the user's message. */
const thread = (size: number, isHidden: (n: number) => boolean = () => false) =>
  create(
    Array.from({ length: size }, (_, index) => {
      const id = number(index + 1);
      return { add: isHidden(index + 1) ? hidden(id) : message(id, id) };
    }),
  );

const sizes = [0, 1, 18, 19, 20, 39, 40].map((size): Scenario => ({
  name: `A thread of ${String(size + 1)} items`,
  exchanges: [thread(size), get, list(), list({ order: 'asc' })],
}));

const PAGES: Readonly<Record<string, JsonObject>> = {
  'of one': { limit: 1 },
  'of two after the second': { limit: 2, after: number(2), order: 'asc' },
  'of two after the second, newest first': { limit: 2, after: number(2) },
  'after the first, newest first': { after: '{{message}}' },
  'after the last': { after: number(5), order: 'asc' },
  'after the last but one': { after: number(4), order: 'asc' },
  'of as many as there are': { limit: 6 },
  'of one fewer than there are': { limit: 5 },
  'of one more than there are': { limit: 7 },
  'of none, which is the default': { limit: 0 },
  'of null, which is the default': { limit: null },
  'after null': { after: null },
  'after an empty id': { after: '' },
  'of a hundred': { limit: 100 },
  'of a number in a text': { limit: '2' },
  'of a number with a zero behind the point': { limit: 2.0 },
  'of true, which is one': { limit: true },
  'with fields that nobody knows': { limit: 2, page: 3 },
};

const someThreads = (count: number) =>
  Array.from({ length: count }, (_, n) => create([{ thread: { title: `T${String(n + 1)}` } }]));
const threads = (params: JsonObject = {}) => ({ send: { type: 'threads.list', params } });

const FEW: Readonly<Record<string, JsonObject>> = {
  'as it comes': {},
  'of two': { limit: 2 },
  'of two after the second': { limit: 2, after: '{{thread 2}}' },
  'of two after the second, oldest first': { limit: 2, after: '{{thread 2}}', order: 'asc' },
  'after the oldest': { after: '{{thread 1}}' },
  'of all three': { limit: 3, order: 'asc' },
  'of none, which is the default': { limit: 0 },
  'after null': { after: null, limit: null },
};

export const pages: Scenario[] = [
  ...sizes,
  ...Object.entries(PAGES).map(([name, params]): Scenario => ({
    name: `A page of items ${name}`,
    exchanges: [thread(5), list(params)],
  })),
  {
    name: 'Walking back through a thread page by page',
    exchanges: [
      thread(6),
      list({ limit: 3 }),
      list({ limit: 3, after: number(4) }),
      list({ limit: 3, after: number(1) }),
    ],
  },
  {
    name: 'A page after an item that was deleted since',
    exchanges: [
      thread(5),
      request('threads.custom_action', { action: { type: 'go' } }, [{ delete: number(3) }]),
      list({ after: number(3), order: 'asc' }),
    ],
  },
  { name: 'A page after an unknown item', exchanges: [thread(3), list({ after: 'nowhere' })] },
  {
    name: 'A page of threads after one that never was',
    exchanges: [create(), threads({ after: 'nowhere' })],
  },
  { name: 'A page of more than a hundred', exchanges: [thread(101), list({ limit: 200 })] },
  { name: 'A page with a negative limit', exchanges: [thread(3), list({ limit: -1 })] },
  {
    name: 'Hidden items leave no gaps in the first page of a thread',
    exchanges: [thread(30, (n) => n % 3 === 0), get],
  },
  {
    name: 'Hidden items leave no gaps in pages of items',
    exchanges: [
      thread(8, (n) => n % 2 === 0),
      list({ limit: 2, order: 'asc' }),
      list({ limit: 2 }),
      list({ limit: 2, after: number(2), order: 'asc' }),
      list({ limit: 5 }),
    ],
  },
  { name: 'A page of nothing but hidden items', exchanges: [thread(4, () => true), list({ limit: 2 }), get] },
  {
    name: 'A page that ends before hidden items has no more',
    exchanges: [thread(4, (n) => n > 2), list({ limit: 3, order: 'asc' })],
  },
  { name: 'No threads at all', exchanges: [threads()] },
  ...Object.entries(FEW).map(([name, params]): Scenario => ({
    name: `A page of threads ${name}`,
    exchanges: [...someThreads(3), threads(params)],
  })),
  { name: 'Twenty threads', exchanges: [...someThreads(20), threads()] },
  {
    name: 'One thread more than a page',
    exchanges: [...someThreads(21), threads(), threads({ order: 'asc' }), threads({ after: '{{thread 2}}' })],
  },
  {
    name: 'Threads are listed without their items and without their metadata',
    exchanges: [
      create([
        { thread: { metadata: { secret: 1 }, title: 'T' } },
        done(message('a', 'Hi')),
        done(hidden('h')),
      ]),
      threads(),
    ],
  },
];
