import type { Reply } from './client';
import type { JsonObject } from './language';

const REFERENCE = /\{\{(thread|message|attachment)(?: (\d+))?\}\}/g;

/** The ids that the server has made so far, by kind, in order. */
export class References {
  private readonly ids: Record<string, string[]> = { thread: [], message: [], attachment: [] };

  /** Notes the ids in an answer. */
  learn({ events = [], json }: Reply): void {
    for (const event of events) {
      const { type, thread, item } = event as { type: string; thread: JsonObject; item: JsonObject };
      if (type === 'thread.created') this.note('thread', thread['id']);
      if (type === 'thread.item.done' && item['type'] === 'user_message') this.note('message', item['id']);
    }
    const { mime_type, id } = (json ?? {}) as JsonObject;
    if (mime_type !== undefined) this.note('attachment', id);
  }

  /** The value with its references resolved. */
  fill<T>(value: T): T {
    const text = JSON.stringify(value).replace(REFERENCE, (_, kind: string, number?: string) => {
      const known = this.ids[kind] ?? [];
      return known.at(number === undefined ? -1 : Number(number) - 1) ?? `no_such_${kind}`;
    });
    return JSON.parse(text) as T;
  }

  private note(kind: string, id: unknown): void {
    const known = this.ids[kind];
    if (typeof id === 'string' && known?.includes(id) === false) known.push(id);
  }
}
