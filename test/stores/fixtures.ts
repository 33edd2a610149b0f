import { type StoreScope } from '../../src/store';
import { type ThreadMetadata, type WidgetItem } from '../../src/protocol';

export function scopeOf(owner: string): StoreScope {
  return { owner, requestContext: undefined, signal: new AbortController().signal };
}

export function threadOf(id: string, fields: Partial<ThreadMetadata> = {}): ThreadMetadata {
  return { id, created_at: '2025-01-02T03:04:05Z', status: { type: 'active' }, metadata: {}, ...fields };
}

export function widgetOf(id: string, threadId: string, copyText?: string): WidgetItem {
  return {
    type: 'widget',
    id,
    thread_id: threadId,
    created_at: '2025-01-02T03:04:05Z',
    widget: { type: 'Card', children: [] },
    ...(copyText === undefined ? {} : { copy_text: copyText }),
  };
}
