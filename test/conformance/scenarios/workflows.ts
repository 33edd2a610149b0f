import type { JsonObject, Scenario } from '../language';
import { added, create, done, list, message, replaced, say, updated } from './parts';
import { TASKS } from './values';

const workflow = (id: string, fields: JsonObject = {}): JsonObject => ({
  id,
  type: 'workflow',
  workflow: { type: 'custom', tasks: [], ...fields },
});
const task = (task_index: number, name: string) =>
  updated('wf', { type: 'workflow.task.added', task_index, task: TASKS[name]! });

export const workflows: Scenario[] = [
  {
    name: 'A workflow from its first task to its summary',
    exchanges: [
      create([
        added(workflow('wf')),
        task(0, 'a custom task in full'),
        task(1, 'a bare web search'),
        updated('wf', { type: 'workflow.task.updated', task_index: 1, task: TASKS['a web search in full']! }),
        done(
          workflow('wf', {
            tasks: [TASKS['a custom task in full']!, TASKS['a web search in full']!],
            summary: { title: 'Done', icon: 'check' },
            expanded: true,
          }),
        ),
      ]),
      list(),
    ],
  },
  {
    name: 'A reasoning workflow that ends with its duration',
    exchanges: [
      create([
        added(workflow('wf', { type: 'reasoning' })),
        task(0, 'a thought in full'),
        done(
          workflow('wf', {
            type: 'reasoning',
            tasks: [TASKS['a thought in full']!],
            summary: { duration: 0 },
          }),
        ),
        done(message('a', 'So')),
      ]),
      list(),
    ],
  },
  {
    name: 'An open workflow is stored quietly and replaced in the next turn',
    exchanges: [
      create([{ add: workflow('wf', { tasks: [TASKS['a bare thought']!] }) }]),
      say([replaced(workflow('wf', { tasks: [TASKS['a bare thought']!], summary: { duration: 3 } }))]),
      list(),
    ],
  },
  {
    name: 'An open workflow is stored quietly and done in the next turn: it is there once',
    exchanges: [
      create([{ add: workflow('wf', { tasks: [] }) }]),
      say([
        added(workflow('wf')),
        task(0, 'a bare thought'),
        done(workflow('wf', { tasks: [TASKS['a bare thought']!] })),
      ]),
      list(),
    ],
  },
  {
    name: 'Tasks on their own',
    exchanges: [
      create(Object.values(TASKS).map((each, n) => done({ id: `t${String(n)}`, type: 'task', task: each }))),
      list({ order: 'asc' }),
    ],
  },
];
