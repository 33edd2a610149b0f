import type { Scenario } from '../language';
import { create, done, get, hidden, list, message, request, say } from './parts';

const retry = (
  item_id: string,
  handler = [{ tell: 'message' as const }, { tell: 'items' as const }, done(message('again', 'Again'))],
) => request('threads.retry_after_item', { item_id }, handler);

const three: Scenario['exchanges'] = [
  create([done(message('a', 'One'))]),
  say([done(hidden('h')), done(message('b', 'Two'))]),
  say([done(message('c', 'Three'))]),
];

export const retries: Scenario[] = [
  ...['first', 'middle', 'last'].map((which, index): Scenario => ({
    name: `Retrying the ${which} message`,
    exchanges: [...three, retry(`{{message ${String(index + 1)}}}`), get, list()],
  })),
  { name: 'Retrying what is not there', exchanges: [...three, retry('nowhere'), get] },
  { name: 'Retrying an answer', exchanges: [...three, retry('b'), get] },
  { name: 'Retrying a hidden item', exchanges: [...three, retry('h'), get] },
  {
    name: 'Retrying a message of another thread',
    exchanges: [...three, create(), retry('{{message 1}}'), get],
  },
  {
    name: 'Retrying a message twice',
    exchanges: [...three, retry('{{message 1}}'), retry('{{message 1}}'), get],
  },
  {
    name: 'Retrying a message that was retried away',
    exchanges: [...three, retry('{{message 1}}'), retry('{{message 2}}')],
  },
  { name: 'Retrying a message that got no answer', exchanges: [create(), retry('{{message}}'), get] },
  {
    name: 'Retrying deletes more than a page',
    exchanges: [
      create(Array.from({ length: 45 }, (_, n) => ({ add: message(`i${String(n)}`, 'x') }))),
      retry('{{message}}', [{ tell: 'items' }] as never),
      get,
    ],
  },
  {
    name: 'A message that was sent with an empty id is retried by none',
    exchanges: [create(), retry('')],
  },
];
