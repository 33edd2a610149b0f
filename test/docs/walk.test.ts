import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IsString } from 'class-validator';
import 'reflect-metadata';
import { ChatController, OnAction, OnMessage, Payload, Sender } from '../../src/decorators';
import { assistantMessage, clientEffect, hiddenContext, replace, widget } from '../../src/events';
import type { ThreadStreamEvent, WidgetItem } from '../../src/protocol';
import { MemoryStore } from '../../src/stores';
import { serveChat, threadIdOf } from '../support/chat';
import { act, create } from '../support/requests';
import { walkOf } from '../support/walk';

/** One file more wants a reason: what an action has no use for has a place that it does not enter. */
const MOST_FILES = 30;

class SelectItem {
  @IsString() id!: string;
}

const card = (id: string) => ({
  type: 'Card',
  children: [{ type: 'Button', label: id, onClickAction: { type: 'item.select', payload: { id } } }],
});

@ChatController()
class Items {
  @OnAction('item.select')
  async *select(@Payload() { id }: SelectItem, @Sender() sender: WidgetItem) {
    yield replace(sender, card(id));
    yield hiddenContext(`<SELECTED>${id}</SELECTED>`);
    yield assistantMessage(`Selected ${id}.`);
    yield clientEffect('selection_mode', { itemId: id });
  }
  @OnMessage()
  reply() {
    return widget(card('a'));
  }
}

/** Nothing is done in the background for it: neither at startup nor from time to time. */
class StoreWithoutAdmin extends MemoryStore {
  override readonly admin = undefined as never;
}

/** The files of the document's table, in its order. */
function documented(): string[] {
  const page = readFileSync(join(__dirname, '../../docs/architecture.md'), 'utf8');
  const [, section = ''] = page.split('## The files that one action runs through');
  const [table = ''] = section.split('\n## ');
  return [...table.matchAll(/^\| `([\w/-]+\.ts)` /gm)].map(([, file]) => file!);
}

function widgetIn(events: readonly ThreadStreamEvent[]): string {
  const found = events.find((event) => event.type === 'thread.item.done' && event.item.type === 'widget');
  return (found as { item: WidgetItem }).item.id;
}

test('an action walks through the files that docs/architecture.md lists, and no others', async () => {
  const chat = await serveChat({ controllers: [Items], store: new StoreWithoutAdmin(), mode: 'production' });
  const created = await chat.post(create());
  const select = () =>
    chat.post(act(threadIdOf(created), widgetIn(created.events), 'item.select', { id: 'b' }));
  await select();
  await select();
  const walk = await walkOf(async () => {
    const { events } = await select();
    expect(events.map(({ type }) => type)).toEqual([
      'stream_options',
      'thread.item.replaced',
      'thread.item.done',
      'client_effect',
    ]);
  });
  const files = documented();
  expect([...walk].sort()).toEqual([...files].sort());
  expect(files.length).toBeLessThanOrEqual(MOST_FILES);
});
