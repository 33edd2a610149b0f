import type { JsonObject, Scenario } from '../language';
import { create, done, get, message, request, say } from './parts';

const QUESTIONS: JsonObject = {
  id: 's',
  type: 'structured_input',
  status: 'pending',
  inputs: [
    {
      type: 'multiple_choice',
      id: 'one',
      question: 'Which?',
      options: [{ value: 'A' }, { value: 'B' }],
      multiple: false,
    },
    {
      type: 'multiple_choice',
      id: 'many',
      question: 'Which ones?',
      options: [{ value: 'A' }, { value: 'B' }],
      multiple: true,
    },
    { type: 'freeform', id: 'free', question: 'Why?', description: 'In a word' },
  ],
};

const answer = (...values: string[]): JsonObject => ({ values });

const SUBMISSIONS: Readonly<Record<string, JsonObject>> = {
  'all answered': {
    status: 'answered',
    answers: { one: answer('A'), many: answer('A', 'B'), free: answer('So') },
  },
  'no status': { answers: { one: answer('A'), many: answer('B'), free: answer('So') } },
  'one answered, the others left out': { status: 'answered', answers: { one: answer('B') } },
  'no answers': { status: 'answered', answers: {} },
  'nothing at all': {},
  'several values for a single choice': { answers: { one: answer('B', 'A') } },
  'a value that was not offered': { answers: { one: answer('Z'), many: answer('Z', 'A', 'A') } },
  'several values for a free question': { answers: { free: answer('So', 'and so') } },
  'empty values': { answers: { one: answer(), many: answer(), free: answer('') } },
  'answers that are skipped': { answers: { one: { skipped: true }, many: { values: ['A'], skipped: true } } },
  'answers to what was not asked': {
    answers: { one: answer('A'), nobody: answer('X'), __other: answer('Y') },
  },
  'all skipped': { status: 'skipped', answers: {} },
  'all skipped in spite of answers': { status: 'skipped', answers: { one: answer('A') } },
  'answers named like what every object has': {
    answers: { constructor: answer('X'), toString: answer('Y') },
  },
};

const submit = (input: JsonObject, item_id = 's') =>
  request('threads.add_structured_input', { item_id, input }, [
    { tell: 'message' },
    { tell: 'items' },
    done(message('after', 'Thanks')),
  ]);

export const structuredInput: Scenario[] = [
  ...Object.entries(SUBMISSIONS).map(([name, input]): Scenario => ({
    name: `Questions come back with ${name}`,
    exchanges: [create([done(QUESTIONS)]), submit(input), get],
  })),
  {
    name: 'Answers come twice',
    exchanges: [create([done(QUESTIONS)]), submit({}), submit(SUBMISSIONS['all answered']!), get],
  },
  {
    name: 'Answers come to what is not there',
    exchanges: [create([done(QUESTIONS)]), submit({}, 'nowhere'), get],
  },
  {
    name: 'Answers come to a message',
    exchanges: [create([done(message('a', 'Hi'))]), submit({}, 'a'), get],
  },
  {
    name: 'Answers come to questions further up',
    exchanges: [create([done(QUESTIONS)]), say([done(message('a', 'Hi'))]), submit({}), get],
  },
  {
    name: 'Questions that ask for nothing',
    exchanges: [create([done({ ...QUESTIONS, inputs: [] })]), submit({ answers: { one: answer('A') } })],
  },
  {
    name: 'Questions that share an id',
    exchanges: [
      create([
        done({
          ...QUESTIONS,
          inputs: [
            { type: 'freeform', id: 'x', question: '1' },
            { type: 'freeform', id: 'x', question: '2' },
          ],
        }),
      ]),
      submit({ answers: { x: answer('A') } }),
    ],
  },
];
