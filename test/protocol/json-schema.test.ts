import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import fc from 'fast-check';
import { checkEvent, parseRequest, serialiseEvent, STREAMING_OPERATIONS } from '../../src/protocol';
import type { ThreadStreamEvent } from '../../src/protocol';
import { protocolJsonSchema } from '../../src/protocol/schemas/json-schema';
import { OPERATIONS } from '../../src/protocol/parse';
import {
  create,
  say,
  act,
  actSync,
  toolOutput,
  answer,
  retry,
  getThread,
  listThreads,
  rename,
} from '../support/requests';
import {
  announce,
  deleteThread,
  dictate,
  discard,
  feedback,
  listItems,
  type Wire,
} from '../support/requests';
import { hiddenItem, storedThread, update, visibleItem } from './arbitraries';

const schema = protocolJsonSchema();
const defs = schema['$defs'] as Record<string, Record<string, unknown>>;
// `format` only repeats what `pattern` says.
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false }).addSchema(
  schema,
  'chatkit',
);

const validator = (name: string): ValidateFunction => ajv.compile({ $ref: `chatkit#/$defs/${name}` });
const isRequest = validator('ChatKitRequest');
const isEvent = validator('ThreadStreamEvent');

/** What a value is refused for; null where it is not. */
function problems(validate: ValidateFunction, value: unknown): unknown {
  return validate(value) ? null : validate.errors;
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('The JSON Schema of the protocol', () => {
  it('is valid, of draft 2020-12, and plain data', () => {
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(asJson(schema)).toEqual(schema);
  });

  it('names what it is made of, and says what requests, events and items are for', () => {
    for (const [name, { title, description }] of Object.entries(defs)) {
      expect(title).toBe(name);
      if (/(Request|Event|Item|Update)$/.test(name) && !/^Thread(Item|ItemUpdate)$/.test(name)) {
        expect({ name, description }).toEqual({ name, description: expect.stringMatching(/\w.*\.$/s) });
      }
    }
    expect(Object.keys(defs)).toEqual(
      expect.arrayContaining(['ThreadItemDoneEvent', 'ThreadsCreateRequest', 'WidgetItem', 'Thread', 'Task']),
    );
    expect((defs['ChatKitRequest']!['anyOf'] as unknown[]).length).toBe(OPERATIONS.length);
    const streams = Object.values(defs).filter(({ description = '' }) =>
      (description as string).includes('with a stream'),
    );
    expect(streams).toHaveLength(STREAMING_OPERATIONS.length);
  });

  const requests: Wire[] = [
    create('Hi', {
      quoted_text: null,
      attachments: ['a'],
      inference_options: { model: 'm', tool_choice: { id: 't' } },
    }),
    say('t', 'Hi', {
      content: [{ type: 'input_tag', id: 'i', text: 't', data: { a: null }, interactive: true }],
    }),
    toolOutput('t', { any: ['json', null] }),
    answer('t', 'i', { status: 'answered', answers: { a: { values: ['x'], skipped: false } } }),
    answer('t', 'i', {}),
    retry('t', 'i'),
    act('t', 'i', 'select', { id: 'a' }),
    { ...act('t', undefined, 'select'), metadata: { from: 'page' } },
    actSync('t', 'i', 'star'),
    getThread('t'),
    listThreads({ limit: 5, order: 'asc', after: 'x' }),
    listThreads({ limit: null, after: null, unknown: true }),
    rename('t', 'Title'),
    deleteThread('t'),
    listItems('t'),
    feedback('t', ['i']),
    announce(),
    discard('a'),
    dictate('AQID'),
  ];

  it.each(requests.map((request) => [request.type, asJson(request)]))('takes a request %s', (_, request) => {
    expect(() => parseRequest(request)).not.toThrow();
    expect(problems(isRequest, request)).toBeNull();
  });

  it('has a sample here of every operation', () => {
    expect(new Set(requests.map(({ type }) => type))).toEqual(new Set(OPERATIONS));
  });

  it.each<[string, unknown]>([
    ['no object', []],
    ['an unknown operation', { type: 'threads.cancel', params: {} }],
    ['missing parameters', { type: 'threads.list' }],
    ['a missing field', rename('t', undefined as never)],
    ['a missing result', { type: 'threads.add_client_tool_output', params: { thread_id: 't' } }],
    ['a number for a text', getThread(7 as never)],
    ['a broken limit', listThreads({ limit: 1.5 })],
    ['a wrong order', listThreads({ order: 'ASC' })],
    ['an unknown kind', feedback('t', [], 'neutral')],
    ['a part of an unknown type', create('Hi', { content: [{ type: 'text', text: 'x' }] })],
    ['metadata that is a list', { ...getThread('t'), metadata: [] }],
  ])('refuses a request with %s, as the server does', (_, request) => {
    const sent = asJson(request);
    expect(() => parseRequest(sent)).toThrow();
    expect(problems(isRequest, sent)).not.toBeNull();
  });

  const event = fc.oneof(
    fc.record({
      type: fc.constantFrom('thread.item.added', 'thread.item.done', 'thread.item.replaced'),
      item: visibleItem,
    }),
    fc.record({ type: fc.constantFrom('thread.created', 'thread.updated'), thread: storedThread }),
    fc.record({ type: fc.constant('thread.item.updated'), item_id: fc.string(), update }),
    fc.record({ type: fc.constant('thread.item.removed'), item_id: fc.string() }),
    fc.record({
      type: fc.constant('stream_options'),
      stream_options: fc.record({ allow_cancel: fc.boolean() }),
    }),
    fc.record({
      type: fc.constant('progress_update'),
      text: fc.string(),
      icon: fc.constantFrom(undefined, 'i'),
    }),
    fc.record({ type: fc.constant('client_effect'), name: fc.string(), data: fc.constant({ a: null }) }),
    fc.record({
      type: fc.constant('notice'),
      level: fc.constantFrom('info', 'warning', 'danger'),
      message: fc.string(),
      title: fc.constantFrom(undefined, 't'),
    }),
    fc.record({ type: fc.constant('error'), code: fc.string(), allow_retry: fc.boolean() }),
  ) as unknown as fc.Arbitrary<ThreadStreamEvent>;

  it('takes whatever the server streams', () => {
    fc.assert(
      fc.property(event, (each) => {
        const sent: unknown = JSON.parse(serialiseEvent(each));
        // A component may have lost its type to the generator: no widget of ours does.
        fc.pre(checkEvent(sent).length === 0);
        expect(problems(isEvent, sent)).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes and refuses the same events as the check that development mode makes', () => {
    const mutation = fc.tuple(
      fc.constantFrom('type', 'item', 'item_id', 'thread', 'update', 'code', 'x'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(event, fc.option(mutation), (each, change) => {
        const sent = JSON.parse(serialiseEvent(each)) as Record<string, unknown>;
        if (change !== null) sent[change[0]] = change[1];
        expect(problems(isEvent, sent) === null).toBe(checkEvent(sent).length === 0);
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses hidden items in every event', () => {
    fc.assert(
      fc.property(hiddenItem, fc.constantFrom('added', 'done', 'replaced'), (item, kind) => {
        expect(problems(isEvent, asJson({ type: `thread.item.${kind}`, item }))).not.toBeNull();
      }),
    );
    expect(JSON.stringify(schema)).not.toContain('hidden');
  });
});
