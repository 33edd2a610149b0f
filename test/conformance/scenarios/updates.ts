import type { JsonObject, Scenario } from '../language';
import { added, card, create, done, list, message, pause, planted, removed, updated } from './parts';
import { M, message_, UPDATES, workflow } from './update-values';
import { annotation, SOURCES, TASKS } from './values';

const steps = (item: JsonObject, updates: JsonObject[]) => [
  added(item),
  ...updates.map((update) => updated('i1', update)),
];

const QUOTING: JsonObject = {
  type: 'output_text',
  text: 'See',
  annotations: Object.values(SOURCES).map((source) => annotation(source)),
};

const sent: Scenario[] = Object.entries(UPDATES).map(([name, [item, ...updates]]) => ({
  name: `An item is updated by ${name}`,
  exchanges: [create([...steps(item, updates), done(item)]), list()],
}));

const cutOff: Scenario[] = Object.entries(UPDATES).map(([name, [item, ...updates]]) => ({
  name: `The stream is cut off after ${name}`,
  exchanges: [
    create([...steps(item, updates), pause], { hangUp: 'paused', settings: { cancelled: [] } }),
    create([...steps({ ...item, id: 'i1' }, updates), pause], { hangUp: 'paused' }),
  ],
}));

export const updates: Scenario[] = [
  ...sent,
  ...cutOff,
  {
    name: 'The stream is cut off after a delta of a part far beyond the end',
    exchanges: [
      create(
        [added(message_), updated('i1', { type: `${M}.text_delta`, content_index: 500, delta: 'x' }), pause],
        { hangUp: 'paused' },
      ),
    ],
  },
  {
    name: 'Updates with more in them than the protocol has',
    exchanges: [
      create(
        Object.values(UPDATES).flatMap(([item, ...updates], n) => {
          const id = `i${String(n)}`;
          const sent = updates.map((update) => ({
            emit: planted({ type: 'thread.item.updated', item_id: id, update }),
          }));
          return [added(planted({ ...item, id })), ...sent, removed(id)];
        }),
      ),
      list(),
    ],
  },
  {
    name: 'The stream is cut off after an update with more in it than the protocol has',
    exchanges: [
      create(
        [
          added(planted(message_)),
          updated('i1', planted({ type: `${M}.done`, content_index: 1, content: QUOTING })),
          pause,
        ],
        { hangUp: 'paused' },
      ),
    ],
  },
  {
    name: 'An update of an item that is stored already',
    exchanges: [
      create([done(message_), updated('i1', { type: `${M}.text_delta`, content_index: 0, delta: 'x' })]),
      list(),
    ],
  },
  {
    name: 'An update of an item that is not there',
    exchanges: [
      create([updated('nowhere', { type: `${M}.text_delta`, content_index: 0, delta: 'x' })]),
      list(),
    ],
  },
  {
    name: 'An update of another kind of item',
    exchanges: [
      create([added(message_), updated('i1', { type: 'widget.root.updated', widget: card('b') }), pause], {
        hangUp: 'paused',
      }),
    ],
  },
  {
    name: 'An update of a task that is not there ends the stream in the reference, not in ours',
    exchanges: [
      create([
        added(workflow),
        updated('i1', { type: 'workflow.task.updated', task_index: 7, task: TASKS['a bare thought']! }),
        done(message('i2', 'Still here')),
      ]),
    ],
  },
  {
    name: 'A task that is not added twice, though its item is written into meanwhile',
    exchanges: [
      create([
        added({ ...workflow, workflow: { type: 'custom', tasks: [] } }),
        updated('i1', {
          type: 'workflow.task.added',
          task_index: 0,
          task: { type: 'custom', title: 'foo', content: 'bar' },
        }),
        done({
          ...workflow,
          workflow: { type: 'custom', tasks: [{ type: 'custom', title: 'foo', content: 'bar' }] },
        }),
      ]),
      list(),
    ],
  },
];
