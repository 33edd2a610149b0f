import { MemoryStore } from '../../src/stores';
import type { WidgetItem } from '../../src/protocol';

const scope = { owner: 'a', requestContext: undefined, signal: new AbortController().signal };
const time = '2026-01-01T00:00:00.000Z';
const item: WidgetItem = {
  id: 'w',
  thread_id: 't',
  created_at: time,
  type: 'widget',
  widget: { type: 'Card', n: [1] },
};

function stored(given: WidgetItem & { extra?: number }): WidgetItem {
  const store = new MemoryStore();
  store.createThread(scope, { id: 't', created_at: time, status: { type: 'active' }, metadata: {} });
  store.saveItem(scope, given, JSON.stringify(given));
  return store.loadItem(scope, 't', 'w').item as WidgetItem;
}

describe('a widget item from memory', () => {
  it.each([
    ['spread', (loaded: WidgetItem) => ({ ...loaded })],
    ['cloned', (loaded: WidgetItem) => structuredClone(loaded)],
    ['written as JSON', (loaded: WidgetItem) => JSON.parse(JSON.stringify(loaded)) as WidgetItem],
    ['assigned', (loaded: WidgetItem) => Object.assign({}, loaded)],
  ])('is whole when it is %s', (_, copy) => {
    expect(copy(stored({ ...item, copy_text: 'c' }))).toEqual({ ...item, copy_text: 'c' });
    expect(copy(stored(item))).toEqual(item);
  });

  it('is parsed when its widget is looked at, and once', () => {
    const parse = jest.spyOn(JSON, 'parse');
    const loaded = stored(item);
    const before = parse.mock.calls.length;
    expect(loaded.id).toBe('w');
    expect(parse.mock.calls.length).toBe(before);
    expect(loaded.widget).toBe(loaded.widget);
    expect(parse.mock.calls.length).toBe(before + 1);
    parse.mockRestore();
  });

  it('takes another widget, and changes in place', () => {
    const loaded = stored(item);
    loaded.widget['n'] = 2;
    expect(loaded.widget).toEqual({ type: 'Card', n: 2 });
    loaded.widget = { type: 'Basic' };
    expect(loaded).toEqual({ ...item, widget: { type: 'Basic' } });
  });

  it('keeps fields that nobody knows', () => {
    expect(stored({ ...item, extra: 1 })).toEqual({ ...item, extra: 1 });
  });
});
