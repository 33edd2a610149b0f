import 'reflect-metadata';
import fc from 'fast-check';
import { ChatController, OnMessage, streamWidget, type WidgetItem } from '../../src';
import { createClient, createThreadState, reduceThread } from '../../src/client';
import type { ThreadStreamEvent, WidgetComponent } from '../../src/protocol';
import { serveChat } from '../support/chat';
import { canonical } from './arbitrary/page';
import { states } from './arbitrary/states';

let next: { widgets: WidgetComponent[]; componentUpdates: boolean };

@ChatController()
class Streams {
  @OnMessage()
  *answer() {
    const { widgets, componentUpdates } = next;
    yield streamWidget(() => widgets, { componentUpdates });
  }
}

/** The widget as a page shows it after some events. */
function shown(events: readonly ThreadStreamEvent[]): WidgetComponent {
  const { items } = events.reduce(reduceThread, createThreadState());
  return items.find((item) => item.type === 'widget')!.widget;
}

describe('A widget that is streamed through a server', () => {
  it.each([{ componentUpdates: false }, { componentUpdates: true }])(
    'is on the page as it is in the store, whatever its states (%o)',
    async ({ componentUpdates }) => {
      const chat = await serveChat({ controllers: [new Streams()] });
      const client = createClient({ url: chat.url, headers: { 'x-user-id': 'alice' } });
      let streamed = 0;
      const property = fc.asyncProperty(states, async (widgets) => {
        next = { widgets, componentUpdates };
        const events = await client.threads.create('Show me').collect();
        const thread = events.find((event) => event.type === 'thread.created')!.thread;
        const stored = (await chat.items(thread.id)).find(
          (item): item is WidgetItem => item.type === 'widget',
        )!;

        const end = events.findLastIndex((event) => event.type === 'thread.item.done');
        expect(events[end]).toMatchObject({ item: { id: stored.id } });
        expect(canonical(stored.widget)).toBe(canonical(widgets.at(-1)));
        expect(canonical(shown(events.slice(0, end)))).toBe(canonical(widgets.at(-1)));
        expect(JSON.stringify(shown(events))).toBe(JSON.stringify(stored.widget));
        streamed += events.filter(({ type }) => type === 'thread.item.updated').length;
      });
      await fc.assert(property, { numRuns: 100, seed: 4 });
      expect(streamed).toBeGreaterThan(50);
    },
  );
});
