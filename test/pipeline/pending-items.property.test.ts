import fc from 'fast-check';
import { applyUpdate } from '../../src/protocol/updates/apply-update';
import { complete } from '../../src/pipeline/complete';
import { PendingItems } from '../../src/pipeline/shown-items';
import {
  writeEvent,
  writeItem,
  type ThreadItem,
  type ThreadItemUpdate,
  type VisibleItem,
} from '../../src/protocol';
import { anyItem, update, visibleItem } from '../protocol/arbitraries';
import { expectedWire } from '../protocol/expected';
import { odd } from '../protocol/odd';
import { makeContext, THREAD } from './harness';

/* What is kept of an answer, what is stored of it and what was sent of it are the same. */

const parse = (text: string): unknown => JSON.parse(text) as unknown;
const ctx = makeContext();
Object.assign(ctx.services, { check: false });

const here = <T extends ThreadItem>(item: T): T => ({ ...item, id: 'x', thread_id: THREAD.id });

/** Adds an item, however oddly it is written, and updates it. */
function kept(item: ThreadItem, updates: readonly ThreadItemUpdate[]) {
  const pending = new PendingItems();
  const sent: unknown[] = [];
  const drafts = [
    { type: 'thread.item.added' as const, item },
    ...updates.map((each) => ({ type: 'thread.item.updated' as const, item_id: 'x', update: each })),
  ];
  for (const draft of drafts) {
    const event = complete(draft, ctx);
    if ('change' in event) throw new Error('There is none.');
    const text = 'item' in event ? writeItem(event.item) : undefined;
    pending.note(event, text);
    sent.push('item' in event ? parse(text!) : parse(writeEvent(event)));
  }
  return { pending: pending.get('x')!, sent };
}

test('an item that was added is kept as it was sent', () => {
  fc.assert(
    fc.property(odd(anyItem.map(here)), ({ plain, odd: item }) => {
      const { pending, sent } = kept(item, []);
      expect(pending).toEqual(expectedWire(plain));
      expect(pending).toEqual(sent[0]);
      expect(parse(writeItem(pending))).toEqual(sent[0]);
    }),
    { numRuns: 1_000 },
  );
});

test('messages, widgets and images are kept as the page shows them, update for update', () => {
  const item = visibleItem
    .map(here)
    .filter(({ type }) => ['assistant_message', 'widget', 'generated_image'].includes(type));
  fc.assert(
    fc.property(odd(item), fc.array(odd(update), { maxLength: 6 }), (added, updates) => {
      const { pending, sent } = kept(
        added.odd,
        updates.map((each) => each.odd),
      );
      const [first, ...rest] = sent as [VisibleItem, ...{ update: ThreadItemUpdate }[]];
      expect(parse(writeItem(pending))).toEqual(
        rest.reduce((shown, each) => applyUpdate(shown, each.update), first),
      );
    }),
    { numRuns: 2_000 },
  );
});

test('an annotation comes to a part that left its annotations out', () => {
  const content = [{ type: 'output_text', text: 'hi' }] as never;
  const annotation = { type: 'annotation' as const, source: { type: 'url' as const, title: 'A', url: 'a' } };
  const item = {
    id: 'x',
    thread_id: THREAD.id,
    created_at: 'now',
    type: 'assistant_message' as const,
    content,
  };
  const { pending } = kept(item, [
    {
      type: 'assistant_message.content_part.annotation_added',
      content_index: 0,
      annotation_index: 0,
      annotation,
    },
  ]);
  expect(pending).toEqual({
    ...item,
    content: [{ type: 'output_text', text: 'hi', annotations: [annotation] }],
  });
});

test('what JSON leaves out, and no copy can be made of, does not matter', () => {
  const widget = { type: 'Card', onClick: () => undefined, when: new Date(0), children: [undefined] };
  const item = { id: 'x', thread_id: THREAD.id, created_at: 'now', type: 'widget' as const, widget };
  const { pending } = kept(item, []);
  expect(pending).toEqual({
    ...item,
    widget: { type: 'Card', when: '1970-01-01T00:00:00.000Z', children: [] },
  });
});
