import {
  api,
  BY_TYPES,
  created,
  functionCall,
  inResponse,
  message,
  reasoning,
  type Outcome,
  type Step,
  type Stream,
} from '../stream';
import { chunk, delta, done, said } from './plain';

/*
 * Answers that are none, or not all of it. The reference has no eye for them: it ends the stream as if all
 * were said, with what is open left open. (The SDK for Python raises an error for some.) Ours ends what has
 * come with an error; the pipeline keeps it.
 */

const LEFT_OPEN =
  'The reference ends the stream as if the answer were complete, and does not complete open items. This package throws an error.';
const SAID_ALL =
  'The SDK returns the partial text as a complete answer, and the reference shows it as one. This package throws an error.';

const response = (fields: object) => ({
  response: { id: 'resp_1', object: 'response', output: [], ...fields },
});
const failed = api(
  'failed',
  response({ status: 'failed', error: { code: 'server_error', message: 'The server had an error' } }),
);
const incomplete = (reason: string): Step =>
  api('incomplete', response({ status: 'incomplete', incomplete_details: { reason } }));
const error: Step = {
  api: {
    type: 'error',
    sequence_number: 0,
    code: 'server_error',
    message: 'The server had an error',
    param: null,
  },
};

const beginning = (...steps: (Step | Step[])[]): Step[] => [created(), ...steps.flat()];
/** A text before its end. */
const text = message(['It', ' is']).slice(0, 4);
const thought = reasoning([['Let me', ' see']]).slice(0, 4);

const head = { id: '#1', type: 'assistant_message' };
const update = (fields: object) => ({ type: 'thread.item.updated', item_id: '#1', update: fields });
const textOf = (value: string) => ({ type: 'output_text', text: value, annotations: [] });
const shownText = (...pieces: string[]): Record<string, unknown>[] => [
  { type: 'thread.item.added', item: { ...head, content: [] } },
  update({ type: 'assistant_message.content_part.added', content_index: 0, content: textOf('') }),
  ...pieces.map((piece) =>
    update({ type: 'assistant_message.content_part.text_delta', content_index: 0, delta: piece }),
  ),
];
const wholeText = (value: string): Record<string, unknown>[] => [
  ...shownText(value),
  update({ type: 'assistant_message.content_part.done', content_index: 0, content: textOf(value) }),
  { type: 'thread.item.done', item: { ...head, content: [textOf(value)] } },
];
const workflow = (tasks: object[]) => ({
  id: '#1',
  type: 'workflow',
  workflow: { type: 'reasoning', tasks, expanded: false },
});
const taskOf = (content: string) => ({ type: 'thought', status_indicator: 'none', content });
const shownThought: Record<string, unknown>[] = [
  { type: 'thread.item.added', item: workflow([]) },
  update({ type: 'workflow.task.added', task: taskOf('Let me'), task_index: 0 }),
  update({ type: 'workflow.task.updated', task: taskOf('Let me see'), task_index: 0 }),
];

const throwing = (why: string, events: Record<string, unknown>[]): { why: string; ours: Outcome } => ({
  why,
  ours: { events, stored: [], throws: 'ModelError' },
});

export const FAILURES: Stream[] = [
  {
    name: 'a response that fails in the middle of a text',
    source: BY_TYPES,
    steps: beginning(text, failed),
    differs: throwing(LEFT_OPEN, shownText('It', ' is')),
  },
  {
    name: 'a response that fails before anything is said',
    source: BY_TYPES,
    steps: beginning(failed),
    differs: throwing(LEFT_OPEN, []),
  },
  {
    name: 'a response that fails in the middle of a thought',
    source: BY_TYPES,
    steps: beginning(thought, failed),
    differs: throwing(LEFT_OPEN, shownThought),
  },
  {
    name: 'a response that is incomplete at its limit of tokens',
    source: BY_TYPES,
    steps: beginning(text, incomplete('max_output_tokens')),
    differs: throwing(LEFT_OPEN, shownText('It', ' is')),
  },
  {
    name: 'a response that is incomplete by a filter, when a message is done',
    source: BY_TYPES,
    steps: beginning(message(['It']), incomplete('content_filter')),
    differs: throwing(LEFT_OPEN, wholeText('It')),
  },
  {
    name: 'an error in the middle of a text',
    source: BY_TYPES,
    steps: beginning(text, error),
    differs: throwing(LEFT_OPEN, shownText('It', ' is')),
  },
  {
    name: 'a text without an end of its response',
    source: 'connections that break: the client of openai ends its stream without a word',
    steps: beginning(text),
    differs: throwing(LEFT_OPEN, shownText('It', ' is')),
  },
  {
    name: 'a thought without an end of its response',
    source: 'connections that break: the client of openai ends its stream without a word',
    steps: beginning(thought),
    differs: throwing(LEFT_OPEN, shownThought),
  },
  {
    name: 'a call without an end of its response',
    source: 'connections that break: the client of openai ends its stream without a word',
    steps: beginning(functionCall('look').slice(0, 2)),
    differs: throwing(LEFT_OPEN, []),
  },
  {
    name: 'plain: a text of Chat Completions that ends at the limit of tokens',
    source: 'finish_reason of Chat Completions; what the SDK makes of it found by running it',
    steps: inResponse(message(['It is'])),
    plain: [
      chunk({ role: 'assistant', content: '' }),
      delta('It is'),
      chunk({}, 'length'),
      done(said('It is')),
    ],
    differs: throwing(SAID_ALL, shownText('It is')),
  },
  {
    name: 'plain: a text of Chat Completions that a filter ends',
    source: 'finish_reason of Chat Completions; what the SDK makes of it found by running it',
    steps: inResponse(message(['It is'])),
    plain: [delta('It is'), chunk({ content: 'It is' }), chunk({}, 'content_filter'), done(said('It is'))],
    differs: throwing(SAID_ALL, shownText('It is')),
  },
  {
    name: 'plain: a text of Chat Completions without an end',
    source: 'connections that break; what the SDK makes of it found by running it',
    steps: inResponse(message(['It is'])),
    plain: [delta('It is'), chunk({ content: 'It is' }), done(said('It is'))],
    differs: throwing(SAID_ALL, shownText('It is')),
  },
  {
    name: 'plain: a second answer of Chat Completions without an end',
    source: 'connections that break; what the SDK makes of it found by running it',
    steps: [...inResponse(message(['It'])), ...inResponse(message(['It is']))],
    plain: [
      chunk({ role: 'assistant', content: '' }),
      delta('It'),
      chunk({}, 'tool_calls'),
      done(said('It')),
      chunk({ role: 'assistant', content: '' }),
      delta('It is'),
      done(said('It is')),
    ],
    differs: throwing(SAID_ALL, [
      ...wholeText('It'),
      ...shownText('It is').map((event) => JSON.parse(JSON.stringify(event).replace('#1', '#2')) as object),
    ] as Record<string, unknown>[]),
  },
];
