import {
  type Attachment,
  type ClientToolCallItem,
  type HiddenContextItem,
  serialiseAttachment,
  serialiseItem,
  itemPagePieces,
  pagePieces,
  serialiseThread,
  threadPagePieces,
  serialiseUpdatedItem,
  serialiseWireItem,
  type StoredThread,
  type ThreadItem,
  toThreadResponse,
  type UserMessageItem,
  type WidgetItem,
} from '../../src/protocol';

const base = { id: 'i', thread_id: 't', created_at: '2026-01-01T00:00:00.000Z' };

const whole = (pieces: Iterable<string>): string => [...pieces].join('');

/** Fields of an item as JavaScript users write them: nulls and all. */
function item(fields: Record<string, unknown>): ThreadItem {
  return { ...base, ...fields } as unknown as ThreadItem;
}

function written(fields: Record<string, unknown>): Record<string, unknown> {
  const parsed = JSON.parse(serialiseItem(item(fields))) as Record<string, unknown>;
  const { id, thread_id, created_at, type, ...rest } = parsed;
  expect({ id, thread_id, created_at, type }).toEqual({ ...base, type: fields['type'] });
  return rest;
}

function writtenWidget(widget: unknown): unknown {
  return written({ type: 'widget', widget })['widget'];
}

const file: Attachment = { id: 'a', name: 'a.txt', mime_type: 'text/plain', type: 'file' };

const message: UserMessageItem = {
  ...base,
  type: 'user_message',
  content: [{ type: 'input_text', text: 'Hello' }],
  attachments: [{ ...file, metadata: { path: '/secret' } }],
  inference_options: {},
};

const hidden: HiddenContextItem = { ...base, type: 'hidden_context_item', content: 'secret' };

const thread: StoredThread = {
  id: 't',
  created_at: base.created_at,
  status: { type: 'active' },
  metadata: { plan: 'secret' },
};

describe('serialiseItem', () => {
  it('writes an item without nulls in one go', () => {
    const widget: WidgetItem = { ...base, type: 'widget', widget: { type: 'Card', children: [] } };
    expect(serialiseItem(widget)).toBe(JSON.stringify(widget));
  });

  it('leaves null protocol fields out', () => {
    expect(written({ type: 'widget', widget: { type: 'Card' }, copy_text: null })).toEqual({
      widget: { type: 'Card' },
    });
    expect(written({ type: 'generated_image', image: null })).toEqual({});
    const inputs = [{ type: 'freeform', id: 'a', question: 'b', answer: null, description: null }];
    expect(written({ type: 'structured_input', status: 'pending', inputs })).toEqual({
      status: 'pending',
      inputs: [{ type: 'freeform', id: 'a', question: 'b' }],
    });
  });

  it('leaves numbers that JSON does not know out, as nulls', () => {
    const source = { type: 'url', title: 'a', url: 'b' };
    const annotations = [{ type: 'annotation', source, index: Number.NaN }];
    expect(
      written({ type: 'assistant_message', content: [{ type: 'output_text', text: 'a', annotations }] }),
    ).toEqual({
      content: [{ type: 'output_text', text: 'a', annotations: [{ type: 'annotation', source }] }],
    });
  });

  it('keeps nulls in the arguments and the output of a tool call, and leaves out a null output', () => {
    const call = { type: 'client_tool_call', status: 'completed', call_id: 'c', name: 'n' };
    const data = { a: null, list: [null, { b: null }] };
    expect(written({ ...call, arguments: data, output: data })).toMatchObject({
      arguments: data,
      output: data,
    });
    expect(written({ ...call, arguments: {}, output: [null] })).toMatchObject({ output: [null] });
    expect(written({ ...call, arguments: {}, output: null })).not.toHaveProperty('output');
  });

  it('keeps nulls in the data of tags and entity sources, and in the metadata that the store keeps', () => {
    const data = { a: null, data: [null] };
    const tag = { type: 'input_tag', id: 'a', text: 'b', data, group: null };
    const attachments = [{ ...file, upload_descriptor: null, thread_id: null, metadata: { a: null } }];
    expect(written({ type: 'user_message', content: [tag], attachments, quoted_text: null })).toEqual({
      content: [{ type: 'input_tag', id: 'a', text: 'b', data, interactive: false }],
      attachments: [{ ...file, metadata: { a: null } }],
      inference_options: {},
    });
    const source = { type: 'entity', id: 'e', title: 't', icon: null, data };
    const annotations = [{ type: 'annotation', source, index: null }];
    expect(
      written({ type: 'assistant_message', content: [{ type: 'output_text', text: '', annotations }] })[
        'content'
      ],
    ).toEqual([
      {
        type: 'output_text',
        text: '',
        annotations: [
          { type: 'annotation', source: { type: 'entity', id: 'e', title: 't', data, interactive: false } },
        ],
      },
    ]);
  });

  it('keeps hidden content as it is', () => {
    expect(written({ type: 'hidden_context_item', content: { a: [null] } })).toEqual({
      content: { a: [null] },
    });
    expect(written({ type: 'hidden_context_item', content: null })).toEqual({ content: null });
  });

  it('fills in the defaults that the wire always carries', () => {
    expect(written({ type: 'user_message', content: [] })).toEqual({
      content: [],
      attachments: [],
      inference_options: {},
    });
    expect(written({ type: 'assistant_message', content: [{ type: 'output_text', text: 'a' }] })).toEqual({
      content: [{ type: 'output_text', text: 'a', annotations: [] }],
    });
    expect(written({ type: 'task', task: { type: 'web_search' } })['task']).toEqual({
      type: 'web_search',
      status_indicator: 'none',
      queries: [],
      sources: [],
    });
    const tasks = [
      { type: 'file', title: null },
      { type: 'thought', content: 'a', status_indicator: 'complete' },
    ];
    expect(written({ type: 'workflow', workflow: { type: 'custom', tasks } })['workflow']).toEqual({
      type: 'custom',
      expanded: false,
      tasks: [
        { type: 'file', status_indicator: 'none', sources: [] },
        { type: 'thought', content: 'a', status_indicator: 'complete' },
      ],
    });
  });

  it('fills in the defaults of what asks the client for something', () => {
    const inputs = [
      { type: 'multiple_choice', id: 'a', question: '?', options: [] },
      { type: 'freeform', id: 'b', question: '?', answer: {} },
    ];
    expect(written({ type: 'structured_input', inputs })).toEqual({
      status: 'pending',
      inputs: [
        { ...inputs[0], multiple: false },
        { ...inputs[1], answer: { values: [], skipped: false } },
      ],
    });
    const call = { type: 'client_tool_call', call_id: 'c', name: 'n', arguments: {} };
    expect(written(call)).toMatchObject({ status: 'pending' });
  });

  it('refuses what is of a type that the protocol does not have', () => {
    expect(() => written({ type: 'task', task: { type: 'new' } })).toThrow('task.type: expected one of');
    expect(() => written({ type: 'new' })).toThrow('Invalid "new" item');
  });

  it.each(['null', ':null,', '[null]', '"a":null}', ',null]'])('keeps the text %s in a string', (text) => {
    expect(written({ type: 'widget', widget: { type: 'Text', value: text }, copy_text: text })).toEqual({
      widget: { type: 'Text', value: text },
      copy_text: text,
    });
  });

  it('keeps a __proto__ key of old data a key', () => {
    const widget = JSON.parse('{"type":"Card","payload":{"__proto__":{"a":null,"b":1}}}');
    expect(JSON.stringify(writtenWidget(widget))).toBe('{"type":"Card","payload":{"__proto__":{"b":1}}}');
  });

  describe('of widgets', () => {
    // Every case was run through the reference, which writes the same.
    it('drops null props, components and elements at any depth', () => {
      const payload = { n: null, arr: [null, 1, [null]], deep: { k: null, list: [null] } };
      const button = { type: 'Button', label: 'b', key: null, onClickAction: { type: 'a', payload } };
      expect(
        writtenWidget({
          type: 'Card',
          id: null,
          children: [null, button, null],
          other: [null],
          o: { a: null },
        }),
      ).toEqual({
        type: 'Card',
        children: [
          {
            type: 'Button',
            label: 'b',
            onClickAction: { type: 'a', payload: { arr: [1, []], deep: { list: [] } } },
          },
        ],
        other: [],
        o: {},
      });
    });

    it('drops null children of components, alone and in lists', () => {
      expect(writtenWidget({ type: 'Card', children: null })).toEqual({ type: 'Card' });
      expect(writtenWidget({ type: 'Card', children: { type: 'Box', children: null } })).toEqual({
        type: 'Card',
        children: { type: 'Box' },
      });
      expect(writtenWidget({ type: 'Card', children: [{ type: 'Box', children: null }] })).toEqual({
        type: 'Card',
        children: [{ type: 'Box' }],
      });
    });

    it('keeps a null under the key children inside data, but no other below it', () => {
      expect(
        writtenWidget({
          type: 'Card',
          payload: { children: { children: null, x: null }, k: [{ children: [null] }] },
          more: { children: [{ children: null, x: null, d: { y: null } }, [null]] },
        }),
      ).toEqual({
        type: 'Card',
        payload: { children: { children: null }, k: [{ children: [] }] },
        more: { children: [{ children: null, d: {} }, []] },
      });
    });
  });
});

describe('serialiseWireItem', () => {
  it('hands back the text where nothing in it is secret', () => {
    const call: ClientToolCallItem = {
      ...base,
      type: 'client_tool_call',
      status: 'pending',
      call_id: 'c',
      name: 'n',
      arguments: { metadata: 1 },
    };
    const text = serialiseItem(call);
    expect(serialiseWireItem(call, text)).toBe(text);
    const bare = { ...message, attachments: [file] };
    expect(serialiseWireItem(bare, serialiseItem(bare))).toBe(serialiseItem(bare));
  });

  it('takes the metadata of attachments out, and of nothing else', () => {
    const tag = { type: 'input_tag' as const, id: 'a', text: 'b', data: { metadata: 1 }, interactive: true };
    const tagged = { ...message, content: [tag] };
    expect(serialiseItem(tagged)).toContain('/secret');
    expect(JSON.parse(serialiseWireItem(tagged))).toEqual({ ...tagged, attachments: [file] });
  });

  it('throws for a hidden item, without a word of its content', () => {
    expect(() => serialiseWireItem(hidden)).toThrow(
      'Item i (hidden_context_item) must never be sent to the client: drop hidden items before they are serialised.',
    );
  });
});

describe('serialiseAttachment', () => {
  it('writes all but the metadata and nulls', () => {
    const attachment = { ...file, thread_id: null, metadata: { path: '/secret' } } as unknown as Attachment;
    expect(JSON.parse(serialiseAttachment(attachment))).toEqual(file);
    const upload_descriptor = { url: 'https://a.b', method: 'PUT' as const };
    expect(JSON.parse(serialiseAttachment({ ...file, upload_descriptor }))).toEqual({
      ...file,
      upload_descriptor: { ...upload_descriptor, headers: {} },
    });
  });
});

describe('the pieces of a page', () => {
  it('writes its entries as it is told, and the cursor where there is one', () => {
    expect(whole(pagePieces({ data: [1, 2], has_more: true, after: 'a"b' }, String))).toBe(
      '{"data":[1,2],"has_more":true,"after":"a\\"b"}',
    );
    const none = { data: [], has_more: false, after: null as unknown as undefined };
    expect(whole(pagePieces(none, String))).toBe('{"data":[],"has_more":false}');
  });

  it('leaves hidden items out of a page of items', () => {
    expect(JSON.parse(whole(itemPagePieces({ data: [hidden, message, hidden], has_more: false })))).toEqual({
      data: [{ ...message, attachments: [file] }],
      has_more: false,
    });
  });

  it('leaves items and metadata out of a page of threads', () => {
    const full = { ...thread, items: { data: [message], has_more: true } };
    const row = { ...thread, metadata: {}, items: { data: [], has_more: false } };
    expect(JSON.parse(whole(threadPagePieces({ data: [full, thread], has_more: true, after: 't' })))).toEqual(
      {
        data: [row, row],
        has_more: true,
        after: 't',
      },
    );
  });
});

describe('serialiseThread and toThreadResponse', () => {
  it('agree: no metadata, no hidden items, items always there', () => {
    const full: StoredThread = {
      ...thread,
      title: 'T',
      status: { type: 'locked' },
      allowed_image_domains: ['a.b'],
      items: { data: [hidden, message], has_more: true, after: 'i' },
    };
    const expected = {
      ...full,
      metadata: {},
      items: { data: [{ ...message, attachments: [file] }], has_more: true, after: 'i' },
    };
    expect(toThreadResponse(full)).toEqual(expected);
    expect(JSON.parse(serialiseThread(full))).toEqual(expected);
    expect(toThreadResponse(thread).items).toEqual({ data: [], has_more: false });
    expect(JSON.parse(serialiseThread(thread)).items).toEqual({ data: [], has_more: false });
    expect(thread.metadata).toEqual({ plan: 'secret' });
  });

  it("let out no field that is not the protocol's, and no null", () => {
    const row = { ...thread, title: null, owner: 'u', status: { type: 'closed', reason: null } };
    expect(JSON.parse(serialiseThread(row as unknown as StoredThread))).toEqual({
      id: 't',
      created_at: base.created_at,
      status: { type: 'closed' },
      metadata: {},
      items: { data: [], has_more: false },
    });
  });
});

describe('serialiseUpdatedItem', () => {
  it('writes the item, or nothing where there is none to show', () => {
    expect(JSON.parse(serialiseUpdatedItem(message))).toEqual({
      updated_item: { ...message, attachments: [file] },
    });
    expect(serialiseUpdatedItem()).toBe('{}');
    expect(serialiseUpdatedItem(hidden)).toBe('{}');
  });
});
