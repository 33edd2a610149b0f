import { BadRequestError, type Issue } from '../../src/errors';
import { DEFAULT_LIMITS, OPERATIONS, type Operation, parseRequest } from '../../src/protocol';

const input = {
  content: [{ type: 'input_text', text: 'Hello' }],
  attachments: [],
  inference_options: {},
};

/** For every operation: the least that it takes, and what the least becomes. */
const LEAST: Record<Operation, { params: Record<string, unknown>; becomes?: Record<string, unknown> }> = {
  'threads.create': { params: { input } },
  'threads.add_user_message': { params: { thread_id: 't', input } },
  'threads.add_client_tool_output': { params: { thread_id: 't', result: { a: null } } },
  'threads.add_structured_input': {
    params: { thread_id: 't', item_id: 'i', input: {} },
    becomes: { thread_id: 't', item_id: 'i', input: { status: 'answered', answers: {} } },
  },
  'threads.retry_after_item': { params: { thread_id: 't', item_id: 'i' } },
  'threads.custom_action': { params: { thread_id: 't', action: { type: 'item.select' } } },
  'threads.sync_custom_action': { params: { thread_id: 't', action: { type: 'item.select' } } },
  'threads.get_by_id': { params: { thread_id: 't' } },
  'threads.list': { params: {}, becomes: { order: 'desc' } },
  'threads.update': { params: { thread_id: 't', title: 'T' } },
  'threads.delete': { params: { thread_id: 't' } },
  'items.list': { params: { thread_id: 't' }, becomes: { thread_id: 't', order: 'desc' } },
  'items.feedback': { params: { thread_id: 't', item_ids: ['i'], kind: 'positive' } },
  'attachments.create': { params: { name: 'a.txt', size: 3, mime_type: 'text/plain' } },
  'attachments.delete': { params: { attachment_id: 'a' } },
  'input.transcribe': { params: { audio_base64: 'AAAA', mime_type: 'audio/webm;codecs=opus' } },
};

/** An operation and one text field of its params, by path. */
const TEXT_FIELDS: [Operation, string][] = OPERATIONS.flatMap((type) =>
  ['thread_id', 'item_id', 'title', 'name', 'mime_type', 'attachment_id', 'audio_base64']
    .filter((field) => field in LEAST[type].params)
    .map((field): [Operation, string] => [type, field]),
);

function params(type: Operation, changed: Record<string, unknown>): Record<string, unknown> {
  const request = parseRequest({ type, params: { ...LEAST[type].params, ...changed } });
  return request.params as unknown as Record<string, unknown>;
}

function refusal(body: unknown): BadRequestError {
  try {
    parseRequest(body);
  } catch (error) {
    if (error instanceof BadRequestError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

function issues(type: Operation, changed: Record<string, unknown>): readonly Issue[] {
  return refusal({ type, params: { ...LEAST[type].params, ...changed } }).issues ?? [];
}

describe('parseRequest', () => {
  it('knows the sixteen operations of the protocol', () => {
    expect([...OPERATIONS].sort()).toEqual(Object.keys(LEAST).sort());
  });

  describe.each(OPERATIONS)('%s', (type) => {
    const { params: least, becomes = least } = LEAST[type];

    it('takes the least that it needs and fills in the defaults', () => {
      expect(parseRequest({ type, params: least })).toEqual({ type, params: becomes, metadata: {} });
    });

    it('leaves unknown keys behind and keeps the metadata of the envelope', () => {
      const body = {
        type,
        params: { ...least, unknown: 1 },
        metadata: { a: [null] },
        extra: true,
      };
      expect(parseRequest(body)).toEqual({ type, params: becomes, metadata: { a: [null] } });
    });

    it('refuses a request without params, or with other things as params', () => {
      expect(refusal({ type }).issues).toEqual([{ path: 'params', message: 'is required' }]);
      for (const [other, name] of [
        [null, 'null'],
        [[], 'array'],
        ['{}', 'string'],
      ] as const) {
        const message = `expected object, got ${name}`;
        expect(refusal({ type, params: other }).issues).toEqual([{ path: 'params', message }]);
      }
    });

    it('names every required field that is missing', () => {
      for (const field of Object.keys(becomes === least ? least : {})) {
        const without = Object.fromEntries(Object.entries(least).filter(([key]) => key !== field));
        expect(refusal({ type, params: without }).issues).toEqual([
          { path: `params.${field}`, message: 'is required' },
        ]);
      }
    });
  });

  it.each(TEXT_FIELDS)('%s refuses a number and null for %s', (type, field) => {
    expect(issues(type, { [field]: 5 })).toEqual([
      { path: `params.${field}`, message: 'expected string, got number' },
    ]);
    if (type !== 'threads.custom_action' && type !== 'threads.sync_custom_action') {
      expect(issues(type, { [field]: null })).toEqual([
        { path: `params.${field}`, message: 'expected string, got null' },
      ]);
    }
  });

  describe('the envelope', () => {
    it.each([[null], [undefined], [[]], ['text'], [5]])('refuses %p as a body', (body) => {
      const error = refusal(body);
      expect(error.status).toBe(400);
      expect(error.code).toBe('bad_request');
      expect(error.message).toContain('Send { "type"');
    });

    it('says which operations there are when it does not know one', () => {
      const error = refusal({ type: 'threads.cancel', params: {} });
      expect(error.code).toBe('unknown_operation');
      expect(error.message).toContain('There is no operation "threads.cancel".');
      expect(error.message).toContain('threads.custom_action');
    });

    it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
      'does not take %s of a prototype for an operation',
      (type) => {
        expect(refusal({ type, params: {} }).code).toBe('unknown_operation');
      },
    );

    it('cuts an endless operation name in its message', () => {
      expect(refusal({ type: 'x'.repeat(100_000) }).message.length).toBeLessThan(1_000);
    });

    it('refuses a type that is missing or no text', () => {
      expect(refusal({ params: {} }).issues).toEqual([{ path: 'type', message: 'is required' }]);
      expect(refusal({ type: ['threads.list'], params: {} }).issues).toEqual([
        { path: 'type', message: 'expected string, got array' },
      ]);
    });

    it('refuses null and arrays as metadata', () => {
      for (const metadata of [null, [], 'a']) {
        expect(refusal({ type: 'threads.list', params: {}, metadata }).issues?.[0]?.path).toBe('metadata');
      }
    });

    it('names the first field and the number of others in its message', () => {
      const error = refusal({ type: 'threads.update', params: {} });
      expect(error.message).toBe(
        'Invalid threads.update: params.thread_id: is required (and 1 more). Correct the fields that `issues` names.',
      );
    });

    it('reports params and metadata together', () => {
      const error = refusal({ type: 'threads.delete', params: {}, metadata: 1 });
      expect(error.issues?.map(({ path }) => path)).toEqual(['params.thread_id', 'metadata']);
    });

    it('takes a body without a prototype', () => {
      const body: unknown = Object.assign(Object.create(null), { type: 'threads.list', params: {} });
      expect(parseRequest(body).type).toBe('threads.list');
    });
  });

  describe('page parameters', () => {
    it.each([
      [5, 5],
      [5.0, 5],
      ['5', 5],
      ['5.0', 5],
      [' +5 ', 5],
      ['05', 5],
      ['1_0', 10],
      [true, 1],
      [0, undefined],
      ['0', undefined],
      [-0, undefined],
      [false, undefined],
      [null, undefined],
      [undefined, undefined],
      [100, 100],
      [101, 100],
      [Number.MAX_SAFE_INTEGER, 100],
    ])('takes %p as the limit %p', (limit, expected) => {
      expect(params('threads.list', { limit })['limit']).toBe(expected);
      expect(params('items.list', { limit })['limit']).toBe(expected);
    });

    it.each([[1.5], ['1.5'], ['abc'], [''], ['5e0'], ['0x5'], ['５'], ['1__0'], [1e300], [1e20], [[]], [{}]])(
      'refuses %p as a limit',
      (limit) => {
        expect(issues('threads.list', { limit })[0]?.message).toMatch(/^expected a whole number, got /);
      },
    );

    it('refuses a negative limit, which the reference lets through to its store', () => {
      expect(issues('items.list', { limit: -1 })).toEqual([
        { path: 'params.limit', message: 'expected 0 or more, got -1' },
      ]);
    });

    it('takes asc and desc as they are written, and nothing else', () => {
      expect(params('threads.list', { order: 'asc' })['order']).toBe('asc');
      expect(issues('threads.list', { order: 'ASC' })).toEqual([
        { path: 'params.order', message: 'expected one of "asc", "desc", got "ASC"' },
      ]);
      expect(issues('threads.list', { order: null })).toHaveLength(1);
    });

    it('takes null and the empty text as no cursor', () => {
      expect(params('threads.list', { after: 'x' })['after']).toBe('x');
      expect(params('threads.list', { after: null })['after']).toBeUndefined();
      expect(params('threads.list', { after: '' })['after']).toBeUndefined();
      expect(issues('threads.list', { after: 5 })).toHaveLength(1);
    });
  });

  describe('user messages', () => {
    const tag = { type: 'input_tag', id: 'a', text: 'A' };
    const withTag = (changed: object): unknown =>
      (
        params('threads.create', { input: { ...input, content: [{ ...tag, ...changed }] } })['input'] as {
          content: unknown[];
        }
      ).content[0];
    const tagIssues = (changed: object): readonly Issue[] =>
      issues('threads.create', { input: { ...input, content: [{ ...tag, ...changed }] } });

    it('fills in a tag', () => {
      expect(withTag({ group: null, extra: 1 })).toEqual({ ...tag, data: {}, interactive: false });
      expect(withTag({ data: { a: null, constructor: 1 }, group: 'g' })).toEqual({
        ...tag,
        data: { a: null, constructor: 1 },
        group: 'g',
        interactive: false,
      });
      expect(tagIssues({ data: null })[0]?.path).toBe('params.input.content.0.data');
    });

    it.each(['true', 'True', 'T', 'y', 'YES', 'oN', '1', 1, true])('takes %p for true', (interactive) => {
      expect(withTag({ interactive })).toHaveProperty('interactive', true);
    });

    it.each(['false', 'F', 'n', 'No', 'off', '0', 0, -0, false])('takes %p for false', (interactive) => {
      expect(withTag({ interactive })).toHaveProperty('interactive', false);
    });

    it.each([[2], [0.5], [''], [' true '], [null], [{}]])('refuses %p for a boolean', (interactive) => {
      expect(tagIssues({ interactive })[0]?.message).toMatch(/^expected a boolean, got /);
    });

    it('refuses parts of unknown or no type', () => {
      expect(tagIssues({ type: 'nope' })).toEqual([
        {
          path: 'params.input.content.0.type',
          message: 'expected one of "input_text", "input_tag", got "nope"',
        },
      ]);
      expect(tagIssues({ type: undefined })[0]).toEqual({
        path: 'params.input.content.0.type',
        message: 'is required',
      });
    });

    it.each(['content', 'attachments', 'inference_options'])('needs %s, and null is none', (field) => {
      for (const value of [undefined, null]) {
        const found = issues('threads.add_user_message', { input: { ...input, [field]: value } });
        expect(found[0]?.path).toBe(`params.input.${field}`);
      }
    });

    it('takes null as the absence of what is optional', () => {
      const nulls = { quoted_text: null, inference_options: { tool_choice: null, model: null } };
      expect(params('threads.create', { input: { ...input, ...nulls } })).toEqual({ input });
      const given = { quoted_text: '', inference_options: { tool_choice: { id: 'a' }, model: 'm' } };
      expect(params('threads.create', { input: { ...input, ...given } })).toEqual({
        input: { ...input, ...given },
      });
      expect(
        issues('threads.create', { input: { ...input, inference_options: { tool_choice: {} } } }),
      ).toEqual([{ path: 'params.input.inference_options.tool_choice.id', message: 'is required' }]);
    });

    it('takes ids of attachments only', () => {
      expect(issues('threads.create', { input: { ...input, attachments: ['a', { id: 'b' }] } })).toEqual([
        { path: 'params.input.attachments.1', message: 'expected string, got object' },
      ]);
    });
  });

  describe('actions', () => {
    const types = ['threads.custom_action', 'threads.sync_custom_action'] as const;

    it.each(types)('%s takes an empty or null item id as no sender', (type) => {
      expect(params(type, { item_id: 'i' })['item_id']).toBe('i');
      for (const item_id of ['', null, undefined]) {
        expect(params(type, { item_id })['item_id']).toBeUndefined();
      }
      expect(issues(type, { item_id: 5 })[0]?.path).toBe('params.item_id');
    });

    it.each(types)('%s passes the payload on as it is, and keeps type and payload only', (type) => {
      const payload = { a: [null, { constructor: 1 }] };
      const action = { type: 'a', payload, handler: 'server' };
      const parsed = params(type, { action })['action'] as { payload: unknown };
      expect(parsed).toEqual({ type: 'a', payload });
      expect(parsed.payload).toBe(payload);
      for (const falsy of [0, '', false]) {
        expect(params(type, { action: { type: 'a', payload: falsy } })['action']).toEqual({
          type: 'a',
          payload: falsy,
        });
      }
    });

    it.each(types)('%s takes a null payload as none, as the reference does', (type) => {
      expect(params(type, { action: { type: 'a', payload: null } })['action']).toStrictEqual({ type: 'a' });
    });

    it.each(types)('%s refuses an action that is none', (type) => {
      expect(issues(type, { action: null })[0]?.path).toBe('params.action');
      expect(issues(type, { action: {} })).toEqual([{ path: 'params.action.type', message: 'is required' }]);
      expect(issues(type, { action: { type: 5 } })).toHaveLength(1);
    });
  });

  it('needs the result of a client tool, which may be null', () => {
    expect(params('threads.add_client_tool_output', { result: null })).toEqual({
      thread_id: 't',
      result: null,
    });
    expect(refusal({ type: 'threads.add_client_tool_output', params: { thread_id: 't' } }).issues).toEqual([
      { path: 'params.result', message: 'is required' },
    ]);
  });

  it('fills in answers to structured input, and refuses null for what has a default', () => {
    const submit = (submission: object): unknown =>
      params('threads.add_structured_input', { input: submission })['input'];
    expect(
      submit({ status: 'skipped', answers: { a: {}, constructor: { values: ['x'], skipped: 'yes' } } }),
    ).toEqual({
      status: 'skipped',
      answers: { a: { values: [], skipped: false }, constructor: { values: ['x'], skipped: true } },
    });
    for (const [submission, path] of [
      [{ status: null }, 'status'],
      [{ status: 'done' }, 'status'],
      [{ answers: null }, 'answers'],
      [{ answers: [] }, 'answers'],
      [{ answers: { a: null } }, 'answers.a'],
      [{ answers: { a: { values: null } } }, 'answers.a.values'],
      [{ answers: { a: { values: [1] } } }, 'answers.a.values.0'],
    ] as const) {
      expect(issues('threads.add_structured_input', { input: submission })[0]?.path).toBe(
        `params.input.${path}`,
      );
    }
  });

  it('takes feedback on no item, and refuses an unknown kind', () => {
    expect(params('items.feedback', { item_ids: [] })['item_ids']).toEqual([]);
    expect(issues('items.feedback', { kind: 'meh' })[0]?.message).toContain('"positive", "negative"');
    expect(issues('items.feedback', { item_ids: null })).toHaveLength(1);
  });

  it('takes the size of an attachment as laxly as a limit, but never below 0', () => {
    expect(params('attachments.create', { size: '5.0' })['size']).toBe(5);
    expect(params('attachments.create', { size: 0 })['size']).toBe(0);
    for (const size of [1.5, null, -1, 1e20]) expect(issues('attachments.create', { size })).toHaveLength(1);
  });

  describe('limits', () => {
    it('refuses a body nested 10,000 deep, known key or not', () => {
      const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
      const body = `{"type":"threads.custom_action","params":{"thread_id":"t","action":{"type":"a","payload":${deep}}}}`;
      const error = refusal(JSON.parse(body));
      expect(error.code).toBe('payload_too_deep');
      expect(error.message).toMatch(/^params\.action\.payload\.0\.0/);
      expect(refusal(JSON.parse(`{"type":"threads.list","params":{},"x":${deep}}`)).code).toBe(
        'payload_too_deep',
      );
    });

    it('exempts the recording, and no other text', () => {
      const long = 'A'.repeat(DEFAULT_LIMITS.stringLength + 1);
      expect(params('input.transcribe', { audio_base64: long })['audio_base64']).toHaveLength(long.length);
      expect(refusal({ type: 'input.transcribe', params: { audio_base64: '', mime_type: long } }).code).toBe(
        'payload_too_large',
      );
      expect(
        refusal({ type: 'threads.update', params: { thread_id: 't', title: 'x', audio_base64: long } }).code,
      ).toBe('payload_too_large');
    });

    it('takes limits of its caller', () => {
      const body = { type: 'threads.list', params: { after: 'abcdef' } };
      expect(() => parseRequest(body, { ...DEFAULT_LIMITS, stringLength: 5 })).toThrow(BadRequestError);
    });

    it('refuses a __proto__ key however it is written', () => {
      for (const key of ['__proto__', '\\u005f_proto__']) {
        const text = `{"type":"threads.list","params":{"${key}":{"limit":5}}}`;
        expect(refusal(JSON.parse(text)).code).toBe('forbidden_key');
      }
    });
  });
});
