import type { Json, JsonObject, Scenario } from '../language';
import { create, done, get, hidden, list, message, request, say } from './parts';

const call = (id: string, fields: JsonObject = {}): JsonObject => ({
  id,
  type: 'client_tool_call',
  status: 'pending',
  call_id: `call_${id}`,
  name: 'get_selection',
  arguments: { a: 1 },
  ...fields,
});

const RESULTS: Readonly<Record<string, Json>> = {
  'an object': { ok: true, nothing: null, list: [null] },
  null: null,
  'a text': 'text',
  'an empty text': '',
  zero: 0,
  false: false,
  'a list': [1, null, {}],
};

const output = (result: Json) =>
  request('threads.add_client_tool_output', { result }, [
    { tell: 'message' },
    { tell: 'items' },
    done(message('after', 'Thanks')),
  ]);

export const clientTools: Scenario[] = [
  ...Object.entries(RESULTS).map(([name, result]): Scenario => ({
    name: `A client tool answers ${name}`,
    exchanges: [create([done(call('t'))]), output(result), get],
  })),
  {
    name: 'A client tool answers nothing at all',
    exchanges: [create([done(call('t'))]), request('threads.add_client_tool_output'), get],
  },
  {
    name: 'Tool output of numbers that JavaScript cannot hold',
    exchanges: [
      create([done(call('t'))]),
      output(['{{integer 9007199254740993}}', '{{integer -0}}', 0.1, 1e21, 5e-324]),
      get,
    ],
  },
  { name: 'Tool output comes twice', exchanges: [create([done(call('t'))]), output(1), output(2), get] },
  {
    name: 'Tool output comes without any call',
    exchanges: [create([done(message('a', 'Hi'))]), output(1), get],
  },
  { name: 'Tool output comes to an empty thread', exchanges: [create(), output(1), get] },
  {
    name: 'Tool output comes for a call that is completed',
    exchanges: [create([done(call('t', { status: 'completed', output: 1 }))]), output(2), get],
  },
  {
    name: 'Of several pending calls the newest is answered and the others go',
    exchanges: [
      create([
        done(call('t1')),
        done(call('t2')),
        done(call('t3', { status: 'completed', output: 0 })),
        done(call('t4')),
      ]),
      output(1),
      get,
    ],
  },
  {
    name: 'A pending call from long before goes too',
    exchanges: [
      create([done(call('t1')), done(message('a', 'Hi'))]),
      say([done(message('b', 'Ho')), done(call('t2'))]),
      output(1),
      list(),
    ],
  },
  {
    name: 'A pending call with a message behind it is found',
    exchanges: [create([done(call('t')), done(message('a', 'Hi'))]), output(1)],
  },
  {
    name: 'A pending call with a hidden item behind it is found',
    exchanges: [create([done(call('t')), done(hidden('h'))]), output(1)],
  },
  ...[18, 19, 24].map((between): Scenario => ({
    name: `A pending call with ${String(between)} items between it and the newest one`,
    exchanges: [
      create([
        done(call('t1')),
        ...Array.from({ length: between }, (_, n) =>
          n % 5 === 0 ? done(hidden(`h${String(n)}`)) : done(message(`m${String(n)}`, 'Hi')),
        ),
        done(call('t2')),
      ]),
      output(1),
      list({ limit: 50 }),
    ],
  })),
  {
    name: 'A pending call far behind newer items is found, and one further back stays',
    exchanges: [
      create([done(call('t1')), done(message('m', 'Hi')), done(call('t2'))]),
      say(Array.from({ length: 24 }, (_, n) => done(message(`m${String(n)}`, 'Ho')))),
      output(1),
    ],
  },
  {
    name: 'A call that was replaced by its answer',
    exchanges: [
      create([done(call('t'))]),
      say([{ save: call('t', { status: 'completed', output: 'late' }) }]),
      output(1),
    ],
  },
];
