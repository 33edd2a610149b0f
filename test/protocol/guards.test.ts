import fc from 'fast-check';
import {
  isStreamingOperation,
  isThreadItem,
  isThreadStreamEvent,
  isVisible,
  OPERATIONS,
  STREAMING_OPERATIONS,
} from '../../src/protocol';
import { anyItem, hiddenItem, storedThread, update, visibleItem } from './arbitraries';

describe('isStreamingOperation', () => {
  it('tells the six that stream from the ten that do not', () => {
    expect(OPERATIONS.filter(isStreamingOperation).sort()).toEqual([...STREAMING_OPERATIONS].sort());
    expect(isStreamingOperation('constructor')).toBe(false);
  });
});

describe('isThreadItem', () => {
  it('knows every item', () => {
    fc.assert(fc.property(anyItem, (item) => isThreadItem(item)));
  });

  it('takes no draft for an item, and nothing else', () => {
    for (const missing of ['type', 'id', 'thread_id', 'created_at']) {
      fc.assert(fc.property(anyItem, (item) => !isThreadItem({ ...item, [missing]: undefined })));
    }
    for (const other of [
      null,
      undefined,
      'item',
      [],
      { type: 'constructor', id: '', thread_id: '', created_at: '' },
    ]) {
      expect(isThreadItem(other)).toBe(false);
    }
  });
});

describe('isThreadStreamEvent', () => {
  it('knows events of items, threads and updates', () => {
    fc.assert(
      fc.property(anyItem, storedThread, update, (item, thread, change) => {
        for (const type of ['thread.item.added', 'thread.item.done', 'thread.item.replaced']) {
          expect(isThreadStreamEvent({ type, item })).toBe(true);
          expect(isThreadStreamEvent({ type, item: { ...item, id: undefined } })).toBe(false);
        }
        expect(isThreadStreamEvent({ type: 'thread.updated', thread })).toBe(true);
        expect(isThreadStreamEvent({ type: 'thread.item.updated', item_id: 'i', update: change })).toBe(true);
      }),
    );
  });

  it.each([
    { type: 'thread.item.removed', item_id: 'i' },
    { type: 'stream_options', stream_options: { allow_cancel: true } },
    { type: 'progress_update', text: '' },
    { type: 'client_effect', name: 'n', data: {} },
    { type: 'notice', level: 'info', message: 'm' },
    { type: 'error', code: 'custom', allow_retry: false },
  ])('knows $type by what it holds', (event) => {
    expect(isThreadStreamEvent(event)).toBe(true);
    expect(isThreadStreamEvent({ type: event.type })).toBe(false);
  });

  it.each([[null], ['error'], [[]], [{}], [{ type: 'constructor' }], [{ type: 'widget' }]])(
    'refuses %p',
    (value) => {
      expect(isThreadStreamEvent(value)).toBe(false);
    },
  );
});

describe('isVisible', () => {
  it('tells what the client may see', () => {
    fc.assert(
      fc.property(visibleItem, hiddenItem, (shown, hidden) => isVisible(shown) && !isVisible(hidden)),
    );
  });
});
