import fc from 'fast-check';
import {
  checkEvent,
  isVisible,
  serialiseAttachment,
  serialiseEvent,
  serialiseItem,
  itemPagePieces,
  serialiseThread,
  threadPagePieces,
  serialiseUpdatedItem,
  serialiseWireItem,
  type Thread,
  type ThreadItemUpdate,
  type ThreadStreamEvent,
  toThreadResponse,
  type UserMessageItem,
  writeEvent,
  writeItem,
} from '../../src/protocol';
import {
  anyItem,
  freeForm,
  hiddenItem,
  SECRET,
  signal,
  storedThread,
  update,
  visibleItem,
} from './arbitraries';
import { expectedForClient, expectedWire } from './expected';
import { odd } from './odd';

const serialiseItemPage = (...page: Parameters<typeof itemPagePieces>): string =>
  [...itemPagePieces(...page)].join('');
const serialiseThreadPage = (...page: Parameters<typeof threadPagePieces>): string =>
  [...threadPagePieces(...page)].join('');

const ITEM_EVENTS = ['thread.item.added', 'thread.item.done', 'thread.item.replaced'] as const;
const parse = (text: string): any => JSON.parse(text); // eslint-disable-line @typescript-eslint/no-explicit-any

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

describe('Of all items', () => {
  it('the text says what the item says, less null protocol fields, plus defaults', () => {
    fc.assert(
      fc.property(anyItem, (item) => {
        expect(parse(serialiseItem(item))).toEqual(expectedWire(item));
      }),
      { numRuns: 1_000 },
    );
  });

  it('the text is stable: what it parses to has the same text', () => {
    fc.assert(
      fc.property(anyItem, (item) => {
        const text = serialiseItem(item);
        expect(parse(serialiseItem(parse(text)))).toEqual(parse(text));
      }),
    );
  });

  it('serialising changes none', () => {
    fc.assert(
      fc.property(visibleItem, (item) => {
        const frozen = deepFreeze(item);
        expect(() => serialiseWireItem(frozen)).not.toThrow();
      }),
    );
  });

  it('no metadata of an attachment reaches the client, whichever text is at hand', () => {
    fc.assert(
      fc.property(visibleItem, fc.constantFrom(...ITEM_EVENTS), (item, type) => {
        const expected = expectedForClient(item);
        const event = { type, item };
        for (const text of [
          serialiseWireItem(item),
          serialiseWireItem(item, serialiseItem(item)),
          serialiseWireItem(item, JSON.stringify(parse(serialiseItem(item)), null, 1)),
        ]) {
          expect(text).not.toContain(SECRET);
          expect(parse(text)).toEqual(expected);
        }
        for (const text of [serialiseEvent(event), writeEvent(event, serialiseItem(item))]) {
          expect(text).not.toContain(SECRET);
          expect(parse(text)).toEqual({ type, item: expected });
        }
        expect(parse(serialiseUpdatedItem(item))).toEqual({ updated_item: expected });
      }),
      { numRuns: 500 },
    );
  });

  it('hidden ones never get onto the wire', () => {
    fc.assert(
      fc.property(hiddenItem, fc.constantFrom(...ITEM_EVENTS), (item, type) => {
        const text = serialiseItem(item);
        expect(() => serialiseWireItem(item, text)).toThrow('must never be sent to the client');
        expect(() => writeEvent({ type, item }, text)).toThrow('must never be sent to the client');
        expect(() => serialiseEvent({ type, item })).not.toThrow(SECRET);
        expect(serialiseUpdatedItem(item, text)).toBe('{}');
      }),
    );
  });

  it('an event that was sent passes the check', () => {
    fc.assert(
      fc.property(visibleItem, fc.constantFrom(...ITEM_EVENTS), (item, type) => {
        expect(checkEvent(parse(serialiseEvent({ type, item })))).toEqual([]);
      }),
    );
  });
});

describe('Of text deltas, which are written without JSON.stringify of the event', () => {
  const event = (item_id: unknown, content_index: unknown, delta: unknown): ThreadStreamEvent => {
    const update = { type: 'assistant_message.content_part.text_delta', content_index, delta };
    return { type: 'thread.item.updated', item_id, update } as ThreadStreamEvent;
  };
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom('"', '\\', '\n', '\u2028', '\ud83d', '\ude00', '{}', 'null', '</script>'),
    }),
  );

  it('each has the very text that JSON.stringify makes', () => {
    fc.assert(
      fc.property(text, fc.nat(), text, (id, index, delta) => {
        expect(writeEvent(event(id, index, delta))).toBe(JSON.stringify(event(id, index, delta)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('values of a wrong type are written as in other events: nulls are left out', () => {
    const wrong = fc.constantFrom<unknown>(undefined, null, Number.NaN, -0, 0.5, 1e21, true, 'null', [], {
      a: 1,
    });
    fc.assert(
      fc.property(wrong, wrong, wrong, (id, index, delta) => {
        const { item_id, update } = parse(JSON.stringify(event(id, index, delta)));
        const left = (fields: object): object =>
          Object.fromEntries(
            Object.entries(fields).filter(([, value]) => value !== null && value !== undefined),
          );
        const expected = left({ type: 'thread.item.updated', item_id, update: left(update) });
        expect(parse(writeEvent(event(id, index, delta)))).toEqual(expected);
      }),
    );
  });
});

describe('Of all threads', () => {
  it('the text is that of the response: no metadata, no hidden item, items always there', () => {
    fc.assert(
      fc.property(storedThread, (thread) => {
        const text = serialiseThread(thread);
        expect(text).not.toContain(SECRET);
        expect(JSON.stringify(toThreadResponse(thread))).not.toContain(SECRET);
        const { items, metadata } = parse(text);
        expect(metadata).toEqual({});
        expect(items.data).toEqual((thread.items?.data ?? []).filter(isVisible).map(expectedForClient));
        expect(checkEvent({ type: 'thread.updated', thread: parse(text) })).toEqual([]);
        expect(parse(serialiseThread(toThreadResponse(thread)))).toEqual(parse(text));
        for (const type of ['thread.created', 'thread.updated'] as const) {
          expect(parse(serialiseEvent({ type, thread: thread as Thread }))).toEqual({
            type,
            thread: parse(text),
          });
        }
      }),
    );
  });

  it('pages hold no secret either', () => {
    const items = fc.array(anyItem, { maxLength: 5 });
    fc.assert(
      fc.property(items, fc.array(storedThread, { maxLength: 3 }), (some, threads) => {
        const page = serialiseItemPage({ data: some, has_more: true, after: 'c' });
        expect(page).not.toContain(SECRET);
        expect(parse(page)).toEqual({
          data: some.filter(isVisible).map(expectedForClient),
          has_more: true,
          after: 'c',
        });
        const list = serialiseThreadPage({ data: threads, has_more: false });
        expect(list).not.toContain(SECRET);
        for (const each of parse(list).data) expect(each.items).toEqual({ data: [], has_more: false });
        expect(parse(list).data).toHaveLength(threads.length);
      }),
    );
  });
});

describe('Of all updates and other events', () => {
  it('the text of an update says what it says, less nulls, plus defaults', () => {
    fc.assert(
      fc.property(update, (each) => {
        const event: ThreadStreamEvent = { type: 'thread.item.updated', item_id: 'i', update: each };
        const sent = parse(serialiseEvent(event));
        expect(sent).toEqual(expectedWire(event));
        expect(checkEvent(sent)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('the data of an effect keeps its nulls', () => {
    fc.assert(
      fc.property(freeForm, (data) => {
        const event: ThreadStreamEvent = { type: 'client_effect', name: 'n', data };
        expect(parse(serialiseEvent(event))).toEqual(JSON.parse(JSON.stringify(event)));
      }),
    );
  });
});

describe('Of all attachments', () => {
  it('the text lacks the metadata', () => {
    const messages = visibleItem.filter((item): item is UserMessageItem => item.type === 'user_message');
    fc.assert(
      fc.property(messages, (item) => {
        for (const attachment of item.attachments) {
          const expected = expectedWire({ ...attachment, metadata: undefined }, 'attachments');
          expect(parse(serialiseAttachment(attachment))).toEqual(expected);
        }
      }),
    );
  });
});

describe('Of odd values nothing else is said than of plain ones', () => {
  const options = { numRuns: 2_000 };

  it('items, for the store and for the client', () => {
    fc.assert(
      fc.property(odd(anyItem), (each) => {
        expect(parse(serialiseItem(each.odd))).toEqual(expectedWire(each.plain));
        const page = { data: [each.odd, each.odd], has_more: false };
        const shown = isVisible(each.plain) ? expectedForClient(each.plain) : undefined;
        expect(parse(serialiseItemPage(page)).data).toEqual(shown === undefined ? [] : [shown, shown]);
        if (shown !== undefined) expect(serialiseItemPage(page)).not.toContain(SECRET);
      }),
      options,
    );
  });

  it('events with an item', () => {
    fc.assert(
      fc.property(odd(visibleItem), fc.constantFrom(...ITEM_EVENTS), (each, type) => {
        const event = { type, item: each.odd, secret: SECRET };
        const text = serialiseEvent(event);
        expect(parse(text)).toEqual({ type, item: expectedForClient(each.plain) });
        expect(text).not.toContain(SECRET);
      }),
      options,
    );
  });

  it('updates', () => {
    fc.assert(
      fc.property(odd(update), (each) => {
        const event = (of: ThreadItemUpdate): ThreadStreamEvent => ({
          type: 'thread.item.updated',
          item_id: 'i',
          update: of,
        });
        expect(parse(serialiseEvent({ ...event(each.odd), cost: SECRET } as never))).toEqual(
          expectedWire(event(each.plain)),
        );
      }),
      options,
    );
  });

  it('threads, with what is among their items', () => {
    fc.assert(
      fc.property(odd(storedThread), (each) => {
        const expected = parse(serialiseThread(each.plain));
        const text = serialiseThread(each.odd);
        expect(parse(text)).toEqual(expected);
        expect(text).not.toContain(SECRET);
        for (const type of ['thread.created', 'thread.updated'] as const) {
          const sent = serialiseEvent({ type, thread: each.odd as Thread });
          expect(parse(sent)).toEqual({ type, thread: expected });
          expect(sent).not.toContain(SECRET);
        }
        const list = serialiseThreadPage({ data: [each.odd, each.odd] } as never);
        const head = { ...expected, items: { data: [], has_more: false } };
        expect(parse(list)).toEqual({ data: [head, head], has_more: false });
      }),
      options,
    );
  });

  it('signals', () => {
    fc.assert(
      fc.property(odd(signal), (each) => {
        const text = serialiseEvent(each.odd);
        expect(parse(text)).toEqual(expectedWire(each.plain));
      }),
      options,
    );
  });
});

describe('Whatever a page or a thread lacks', () => {
  it.each([
    [{}, { data: [], has_more: false }],
    [{ data: [] }, { data: [], has_more: false }],
    [
      { data: [], has_more: undefined, after: null },
      { data: [], has_more: false },
    ],
    [
      { data: [], after: 'c' },
      { data: [], has_more: false, after: 'c' },
    ],
    [{ has_more: true }, { data: [], has_more: true }],
  ])('the text of the page %j is whole', (page, expected) => {
    expect(parse(serialiseItemPage(page as never))).toEqual(expected);
    const thread = { id: 't', created_at: 'x', items: page } as never;
    const head = { id: 't', created_at: 'x', status: { type: 'active' }, metadata: {} };
    expect(parse(serialiseThread(thread))).toEqual({ ...head, items: expected });
    expect(parse(serialiseEvent({ type: 'thread.updated', thread }))).toEqual({
      type: 'thread.updated',
      thread: { ...head, items: expected },
    });
  });

  it('the text of what has none is refused, and is no part of another', () => {
    const none = { toJSON: () => undefined } as never;
    expect(() => serialiseItem(none)).toThrow();
    expect(() => serialiseEvent({ type: 'thread.item.done', item: none })).toThrow();
    expect(() => serialiseAttachment(none)).toThrow();
    expect(() => writeItem(none)).toThrow('has no JSON text');
    expect(parse(serialiseItemPage({ data: [none], has_more: false }))).toEqual({
      data: [],
      has_more: false,
    });
  });
});
