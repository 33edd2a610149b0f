import type { Json, Scenario } from '../language';
import {
  act,
  card,
  create,
  done,
  get,
  hidden,
  input,
  list,
  message,
  planted,
  replaced,
  request,
  sync,
  updated,
  widget,
} from './parts';

const PAYLOADS: Readonly<Record<string, Json>> = {
  'an object': { id: 'a', n: 1, deep: { list: [1, null, { x: null }] } },
  'an empty object': {},
  null: null,
  'a text': 'text',
  'an empty text': '',
  'a number': 0.5,
  zero: 0,
  false: false,
  'a list': [1, 'two', null],
  'an empty list': [],
};

const NAMES: Readonly<Record<string, string>> = {
  'a name of one word': 'go',
  'a dotted name': 'item.select.now',
  'an empty name': '',
  'a name in many scripts': 'größe.选择.👍',
  'a name with blanks and slashes': 'a b/c\\d*e',
  'a name of many segments': Array.from({ length: 15 }, (_, n) => `s${String(n)}`).join('.'),
};

const onWidget = (...exchanges: Scenario['exchanges']): Scenario['exchanges'] => [
  create([done(widget('w'))]),
  ...exchanges,
];
const fromWidget = { item_id: 'w' };

export const actions: Scenario[] = [
  ...Object.entries(PAYLOADS).flatMap(([name, payload]): Scenario[] => [
    {
      name: `An action whose payload is ${name}`,
      exchanges: onWidget(
        act('go', [{ tell: 'action' }], { ...fromWidget, action: { type: 'go', payload } }),
      ),
    },
    {
      name: `A sync action whose payload is ${name}`,
      exchanges: onWidget(
        sync('go', [{ tell: 'action' }], { ...fromWidget, action: { type: 'go', payload } }),
      ),
    },
  ]),
  ...Object.entries(NAMES).map(([name, type]): Scenario => ({
    name: `An action of ${name}`,
    exchanges: onWidget(
      act(type, [{ tell: 'action' }], fromWidget),
      sync(type, [{ tell: 'action' }], fromWidget),
    ),
  })),
  {
    name: 'An action with its sender',
    exchanges: onWidget(act('go', [{ tell: 'sender' }, { tell: 'items' }], fromWidget)),
  },
  { name: 'An action without a sender', exchanges: onWidget(act('go', [{ tell: 'sender' }])) },
  {
    name: 'An action with a sender of null',
    exchanges: onWidget(act('go', [{ tell: 'sender' }], { item_id: null })),
  },
  {
    name: 'An action with an empty sender',
    exchanges: onWidget(act('go', [{ tell: 'sender' }], { item_id: '' })),
  },
  {
    name: 'An action with a sender that is not there',
    exchanges: onWidget(act('go', [], { item_id: 'nowhere' }), get),
  },
  {
    name: 'An action with a sender of another thread',
    exchanges: [create([done(widget('w'))]), create(), act('go', [], fromWidget)],
  },
  {
    name: 'An action with a sender that is no widget',
    exchanges: [
      create([done(message('a', 'Hi'))]),
      act('go', [done(message('b', 'Hi'))], { item_id: 'a' }),
      get,
    ],
  },
  {
    name: 'An action with a hidden sender',
    exchanges: [create([done(hidden('h'))]), act('go', [], { item_id: 'h' })],
  },
  {
    name: 'A sync action with a sender that is no widget',
    exchanges: [
      create([done(message('a', 'Hi'))]),
      sync('go', [{ return: message('b', 'Hi') }], { item_id: 'a' }),
      get,
    ],
  },
  {
    name: 'A sync action with a sender that is not there',
    exchanges: onWidget(sync('go', [], { item_id: 'nowhere' })),
  },
  { name: 'A sync action without a sender', exchanges: onWidget(sync('go', [{ tell: 'sender' }])) },
  {
    name: 'A sync action with its sender',
    exchanges: onWidget(sync('go', [{ tell: 'sender' }], fromWidget)),
  },
  {
    name: 'A sync action that answers nothing',
    exchanges: onWidget(sync('go', [{ return: null }], fromWidget)),
  },
  {
    name: 'A sync action that stores the widget itself and answers with it',
    exchanges: onWidget(
      sync('go', [{ save: widget('w', 'new') }, { return: widget('w', 'new') }], fromWidget),
      list(),
    ),
  },
  {
    name: 'A sync action that stores the widget itself and answers with another',
    exchanges: onWidget(
      sync('go', [{ save: widget('w', 'saved') }, { return: widget('w', 'returned') }], fromWidget),
    ),
  },
  {
    name: 'A sync action that answers with more than the protocol has',
    exchanges: onWidget(sync('go', [{ return: planted(widget('w', 'new')) }], fromWidget)),
  },
  {
    name: 'A sync action whose answer is stored',
    exchanges: onWidget(sync('go', [{ return: widget('w', 'new') }], fromWidget)),
  },
  {
    name: 'A sync action that answers with another item',
    exchanges: onWidget(sync('go', [{ return: message('a', 'new') }], fromWidget)),
  },
  {
    name: 'A sync action that answers with a hidden item',
    exchanges: onWidget(sync('go', [{ return: hidden('h') }], fromWidget)),
  },
  {
    name: 'A sync action that changes the thread',
    exchanges: onWidget(sync('go', [{ thread: { title: 'New' } }], fromWidget)),
  },
  {
    name: 'A sync action beside a stream',
    exchanges: [
      create([done(widget('w')), { pause: true }, done(message('a', 'Hi'))], { leaveOpen: true }),
      sync(
        'go',
        [{ tell: 'sender' }, { save: widget('w', 'new') }, { return: widget('w', 'new') }],
        fromWidget,
      ),
      { resume: true },
      list(),
    ],
  },
  {
    name: 'An action that updates the widget without storing it',
    exchanges: onWidget(
      act('go', [updated('w', { type: 'widget.root.updated', widget: card('Sent') })], fromWidget),
      list(),
    ),
  },
  {
    name: 'An action that replaces the widget and answers',
    exchanges: onWidget(
      act(
        'item.select',
        [
          replaced(widget('w', 'Selected')),
          done(hidden('h', '<SELECTED>a</SELECTED>')),
          done(message('a', 'What next?')),
          { emit: { type: 'client_effect', name: 'selection_mode', data: { itemId: 'a' } } },
        ],
        { ...fromWidget, action: { type: 'item.select', payload: { id: 'a' } } },
      ),
      get,
      list(),
    ),
  },
  {
    name: 'An action whose envelope carries metadata',
    exchanges: onWidget({
      send: {
        type: 'threads.custom_action',
        params: { thread_id: '{{thread}}', action: { type: 'go' } },
        metadata: { a: 1 },
      },
      handler: [{ tell: 'action' }],
    }),
  },
  {
    name: 'An action with fields of its configuration',
    exchanges: onWidget(
      act('go', [{ tell: 'action' }], {
        action: { type: 'go', payload: {}, handler: 'server', loadingBehavior: 'self', streaming: false },
      }),
    ),
  },
  ...['9007199254740993', '-123456789012345678901234567890'].map((digits): Scenario => ({
    name: `An action with the number ${digits}`,
    exchanges: onWidget(
      act('go', [{ tell: 'action' }], {
        action: { type: 'go', payload: { n: `{{integer ${digits}}}`, m: 9007199254740991 } },
      }),
    ),
  })),
  {
    name: 'A message for a tool and a model reaches the handler',
    exchanges: [
      create([{ tell: 'message' }], {
        input: input('Hi', { inference_options: { tool_choice: { id: 'search' }, model: 'm' } }),
      }),
      request('threads.retry_after_item', { item_id: '{{message}}' }, [{ tell: 'message' }]),
    ],
  },
];
