import 'reflect-metadata';
import { IsString } from 'class-validator';
import { ChatController, OnAction, OnFeedback, OnMessage, Payload, UseGuards } from '../../src/decorators';
import { testContext, texts } from '../execution/support';
import { tableOf } from './support';

class SelectItem {
  @IsString() id!: string;
}
function isAda(): boolean {
  return true;
}
class AdminGuard {
  canActivate(): boolean {
    return true;
  }
}

@ChatController('item')
@UseGuards(isAda)
class ItemController {
  private calls = 0;

  @OnAction(['select', /^legacy:/], { description: 'Selects an item.' })
  *select(@Payload() { id }: SelectItem) {
    this.calls += 1;
    yield { type: 'progress_update' as const, text: `${id} ${String(this.calls)}` };
  }

  @OnAction('select', { sync: true, payload: 'unchecked' })
  @UseGuards(AdminGuard)
  selectNow() {
    return `now after ${String(this.calls)}` as never;
  }

  @OnAction('*', { payload: 'unchecked' })
  other() {
    return { type: 'progress_update' as const, text: 'other' };
  }

  @OnMessage({ tool: 'search' })
  search(): void {
    // answers nothing
  }

  @OnFeedback()
  rate(): void {
    // keeps nothing
  }
}

const options = { guards: [isAda] };

test('each name finds its handler, streaming and sync ones apart', () => {
  const table = tableOf([ItemController]);
  expect(table.action('item.select')?.where).toBe('ItemController.select');
  expect(table.action('legacy:x')?.where).toBe('ItemController.select');
  expect(table.action('item.else')?.where).toBe('ItemController.other');
  expect(table.action('nothing')).toBeUndefined();
  expect(table.syncAction('item.select')?.where).toBe('ItemController.selectNow');
  expect(table.syncAction('item.else')).toBeUndefined();
  expect(table.action('item.select')?.kind).toBe('action');
});

test('responders are told apart, and hooks that nobody declared are not there', () => {
  const table = tableOf([ItemController]);
  expect(table.responder({ tool: 'search' })?.where).toBe('ItemController.search');
  expect(table.responder({ model: 'large' })?.where).toBe('Responder.reply');
  expect(table.feedback?.where).toBe('ItemController.rate');
  expect([table.transcribe, table.streamCancelled, table.streamOptions]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('handlers of one controller class share one object, those of another application do not', async () => {
  const table = tableOf([ItemController]);
  const ctx = testContext({ action: { type: 'item.select', payload: { id: 'a' } } });
  expect(await texts(table.action('item.select')!, ctx)).toEqual(['a 1']);
  expect(await texts(table.action('item.select')!, ctx)).toEqual(['a 2']);
  expect(await table.syncAction('item.select')!.call(ctx)).toBe('now after 2');
  expect(await tableOf([ItemController]).syncAction('item.select')!.call(ctx)).toBe('now after 0');
});

test('an instance is used as it is', async () => {
  const controller = new ItemController();
  const ctx = testContext({ action: { type: 'item.select', payload: { id: 'a' } } });
  await texts(tableOf([controller]).action('item.select')!, ctx);
  expect(await tableOf([controller]).syncAction('item.select')!.call(ctx)).toBe('now after 1');
});

test('the registry lists all handlers as data', () => {
  const table = tableOf([ItemController], options);
  expect(table.registry().map(({ where, patterns, guards }) => [where, patterns, guards])).toEqual([
    ['ItemController.select', ['item.select', '/^legacy:/'], ['isAda', 'isAda']],
    ['ItemController.selectNow', ['item.select'], ['isAda', 'isAda', 'AdminGuard']],
    ['ItemController.other', ['item.*'], ['isAda', 'isAda']],
    ['ItemController.search', [], ['isAda', 'isAda']],
    ['ItemController.rate', [], ['isAda', 'isAda']],
    ['Responder.reply', [], ['isAda']],
  ]);
  expect(table.registry()[0]).toMatchObject({ description: 'Selects an item.' });
  expect(table.registry()[3]).toMatchObject({ kind: 'message', tool: 'search' });
});

test('the table and everything in it is frozen', () => {
  const table = tableOf([ItemController]);
  expect(Object.isFrozen(table.table)).toBe(true);
  expect([table.registry(), ...table.registry()].every(Object.isFrozen)).toBe(true);
  expect(Object.isFrozen(table.action('item.select'))).toBe(true);
});
