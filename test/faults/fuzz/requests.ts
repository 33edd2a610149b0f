import * as wire from '../../support/requests';
import type { Random } from '../random';

/** So many threads each round of bodies may name. */
export const THREADS = 4;

/**
 * Valid requests, of every operation. Ids are written as `@t0@` (a thread) and `@w0@`, `@c0@`, `@q0@`,
 * `@m0@` (its widget, its client tool call, its questions, its message), `@a0@` (an attachment): they are put
 * in when a body is sent, so that a seed makes the same bodies each time.
 */
const REQUESTS: ((n: string, random: Random) => wire.Wire)[] = [
  (n) =>
    wire.create('Hello', {
      quoted_text: 'He said',
      inference_options: { model: 'm' },
      attachments: [`@a${n}@`],
    }),
  (n) => wire.say(`@t${n}@`, 'widget'),
  (n) =>
    wire.say(`@t${n}@`, 'Hello', { content: [TEXT, TAG], inference_options: { tool_choice: { id: 'x' } } }),
  (n) => wire.act(`@t${n}@`, `@w${n}@`, 'item.select', { id: 'x', at: [1, { deep: null }] }),
  (n) =>
    wire.act(`@t${n}@`, `@w${n}@`, 'form.save', { name: 'Ann', age: 7, tags: ['a'], home: { town: 'B' } }),
  (n) => wire.act(`@t${n}@`, undefined, 'nobody.takes', 7),
  (n) => wire.actSync(`@t${n}@`, `@w${n}@`, 'card.sync', { value: 'x' }),
  (n) => wire.toolOutput(`@t${n}@`, { rows: [1, 2], ok: true }),
  (n) =>
    wire.answer(`@t${n}@`, `@q${n}@`, {
      status: 'answered',
      answers: { size: { values: ['L'], skipped: false } },
    }),
  (n) => wire.retry(`@t${n}@`, `@m${n}@`),
  (n) => wire.getThread(`@t${n}@`),
  (n) => wire.listThreads({ limit: 3, order: 'asc', after: `@t${n}@` }),
  (n) => wire.listItems(`@t${n}@`, { limit: 2, order: 'desc', after: `@w${n}@` }),
  (n) => wire.rename(`@t${n}@`, 'A title'),
  (n, random) => (random.chance(0.2) ? wire.deleteThread(`@t${n}@`) : wire.getThread(`@t${n}@`)),
  (n) => wire.feedback(`@t${n}@`, [`@w${n}@`, `@m${n}@`]),
  () => wire.announce('cat.png', 3),
  (n) => wire.discard(`@a${n}@`),
  () => wire.dictate('AAAA'),
];

const TEXT = { type: 'input_text', text: 'Hello' };
const TAG = {
  type: 'input_tag',
  id: 'u1',
  text: 'Ann',
  data: { team: 'x' },
  group: 'people',
  interactive: true,
};

/** A valid request, whose ids are yet to be put in. */
export function validRequest(random: Random): wire.Wire {
  const request = random.of(REQUESTS)(String(Math.floor(random.next() * THREADS)), random);
  return random.chance(0.1) ? { ...request, metadata: { source: 'fuzz', more: [1, {}] } } : request;
}
