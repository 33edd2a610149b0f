import type { JsonObject, Scenario, Step } from '../language';
import {
  act,
  added,
  card,
  create,
  done,
  get,
  hidden,
  list,
  message,
  pause,
  progress,
  removed,
  replaced,
  request,
  say,
  updated,
  widget,
} from './parts';
import { TASKS } from './values';

const M = 'assistant_message.content_part';
const delta = (id: string, text: string) =>
  updated(id, { type: `${M}.text_delta`, content_index: 0, delta: text });

/** One of everything that a stream may hold, in a plausible order. */
const STREAM: readonly Step[] = [
  progress('Thinking'),
  added({ id: 'wf', type: 'workflow', workflow: { type: 'reasoning', tasks: [] } }),
  updated('wf', { type: 'workflow.task.added', task_index: 0, task: TASKS['a thought in full']! }),
  updated('wf', { type: 'workflow.task.updated', task_index: 0, task: TASKS['a bare thought']! }),
  done({ id: 'wf', type: 'workflow', workflow: { type: 'reasoning', tasks: [], summary: { duration: 1 } } }),
  added(message('m', '', { content: [] })),
  updated('m', {
    type: `${M}.added`,
    content_index: 0,
    content: { type: 'output_text', text: '', annotations: [] },
  }),
  delta('m', ' '),
  delta('m', 'Hello'),
  updated('m', {
    type: `${M}.annotation_added`,
    content_index: 0,
    annotation_index: 0,
    annotation: { type: 'annotation', source: { type: 'file', filename: 'a.txt', title: 'A' }, index: 2 },
  }),
  updated('m', {
    type: `${M}.done`,
    content_index: 0,
    content: { type: 'output_text', text: 'Hello!', annotations: [] },
  }),
  done(message('m', 'Hello!')),
  done(hidden('h')),
  { thread: { title: 'Greeting' } },
  { emit: { type: 'client_effect', name: 'wave', data: {} } },
  added(widget('w')),
  updated('w', { type: 'widget.root.updated', widget: card('b') }),
  done(widget('w', 'b')),
  replaced(widget('w', 'c')),
  added({ id: 'g', type: 'generated_image' }),
  updated('g', {
    type: 'generated_image.updated',
    image: { id: 'i', url: 'https://e.com/i' },
    progress: 0.5,
  }),
  done({ id: 'g', type: 'generated_image', image: { id: 'i', url: 'https://e.com/i' } }),
  removed('g'),
  { emit: { type: 'notice', level: 'info', message: 'Note' } },
  done({ id: 't', type: 'task', task: { type: 'custom', title: 'T' } }),
  done({ id: 'e', type: 'end_of_turn' }),
];

const label = (step: Step): string => {
  if (!('emit' in step)) return 'a change of the thread';
  const { type, item, update } = step.emit as { type: string; item?: JsonObject; update?: JsonObject };
  const kind = (item ?? update)?.['type'] as string | undefined;
  return kind === undefined ? type : `${type} ${kind}`;
};

const afterEach: Scenario[] = STREAM.map((step, index) => ({
  name: `Stopped after event ${String(index + 1)}: ${label(step)}`,
  exchanges: [create([...STREAM.slice(0, index + 1), pause], { hangUp: 'paused' }), get, list()],
}));

const HANG_UPS: Readonly<Record<string, Scenario['exchanges']>> = {
  'before the handler has done anything': [create([pause], { hangUp: 3 })],
  'in an action': [
    create([done(widget('w'))]),
    act(
      'go',
      [replaced(widget('w', 'b')), added(message('m', 'Hel')), delta('m', 'lo'), pause],
      { item_id: 'w' },
      { hangUp: 'paused' },
    ),
    get,
  ],
  'at a second message': [
    create(),
    say([added(message('m', 'Hel')), pause], { hangUp: 'paused' }),
    say([{ tell: 'items' }]),
  ],
  'at a retry': [
    create([done(message('a', 'Hi'))]),
    request('threads.retry_after_item', { item_id: '{{message}}' }, [added(message('m', 'Hel')), pause], {
      hangUp: 'paused',
    }),
    get,
  ],
  'after tool output': [
    create([
      done({ id: 't', type: 'client_tool_call', status: 'pending', call_id: 'c', name: 'n', arguments: {} }),
    ]),
    request('threads.add_client_tool_output', { result: 1 }, [added(message('m', 'Hel')), pause], {
      hangUp: 'paused',
    }),
    get,
  ],
  'after answers': [
    create([done({ id: 's', type: 'structured_input', status: 'pending', inputs: [] })]),
    request(
      'threads.add_structured_input',
      { item_id: 's', input: {} },
      [added(message('m', 'Hel')), pause],
      { hangUp: 'paused' },
    ),
    get,
  ],
  'with two messages half written': [
    create([added(message('a', 'One')), added(message('b', 'Two')), delta('a', '!'), pause], {
      hangUp: 'paused',
    }),
    get,
  ],
  'with a message of every blank there is': [
    create(
      [
        added(message('a', '\t\v\f\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u200a\u2028\u202f\u205f\u3000')),
        pause,
      ],
      {
        hangUp: 'paused',
      },
    ),
    get,
  ],
  'with a message of what only looks blank': [
    create(
      [added(message('a', '\ufeff')), added(message('b', '\u200b')), added(message('c', '\x00')), pause],
      {
        hangUp: 'paused',
      },
    ),
    get,
  ],
  'with a message of blanks': [create([added(message('a', ' \n\t ')), pause], { hangUp: 'paused' }), get],
  'with a message whose second part has text': [
    create(
      [
        added({
          id: 'a',
          type: 'assistant_message',
          content: [
            { type: 'output_text', text: '' },
            { type: 'output_text', text: 'x' },
          ],
        }),
        pause,
      ],
      { hangUp: 'paused' },
    ),
    get,
  ],
  'with a message that was stored already and is written on': [
    create([done(message('a', 'One')), delta('a', ' more'), pause], { hangUp: 'paused' }),
    get,
  ],
  'after a change of the thread that nothing followed': [
    create([progress('x'), { thread: { title: 'Lost' } }, { pause: true }], { hangUp: 'paused' }),
    get,
  ],
  'with a stream that may not be stopped': [
    create([added(message('a', 'Hi')), pause], { hangUp: 'paused', settings: { allow_cancel: false } }),
    get,
  ],
};

const HOOKS: Readonly<Record<string, Step[]>> = {
  nothing: [],
  'a note': [{ save: hidden('note', 'Stopped') }],
  'a message': [{ save: message('m', 'As far as it came') }],
};

export const cancellation: Scenario[] = [
  ...afterEach,
  ...Object.entries(HANG_UPS).map(([name, exchanges]) => ({ name: `Stopped ${name}`, exchanges })),
  ...Object.entries(HOOKS).map(([name, cancelled]) => ({
    name: `An application that keeps ${name} when it is stopped`,
    exchanges: [
      create(
        [
          added(message('m', 'Hel')),
          delta('m', 'lo'),
          added(widget('w')),
          added({ id: 'wf', type: 'workflow', workflow: { type: 'custom', tasks: [] } }),
          pause,
        ],
        {
          hangUp: 'paused' as const,
          settings: { cancelled },
        },
      ),
      get,
    ],
  })),
  {
    name: 'The conversation goes on after a stop',
    exchanges: [
      create([added(message('m', 'Hel')), pause], { hangUp: 'paused' }),
      say([{ tell: 'items' }, done(message('b', 'Ho'))]),
      request('threads.retry_after_item', { item_id: '{{message 1}}' }, [
        { tell: 'items' },
        done(message('c', 'Hi')),
      ]),
      get,
    ],
  },
];
