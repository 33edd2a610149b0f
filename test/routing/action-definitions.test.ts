import 'reflect-metadata';
import { IsString } from 'class-validator';
import fc from 'fast-check';
import type { ChatContext } from '../../src/context';
import { ChatController, OnAction } from '../../src/decorators';
import type { WidgetRoot } from '../../src/protocol';
import { action, defineAction, widgetActions } from '../../src/widgets';
import { testContext, texts } from '../execution/support';
import { tableOf } from './support';

class Select {
  @IsString() id!: string;
}

const name = fc
  .array(fc.stringMatching(/^[a-z_-]{1,8}$/), { minLength: 1, maxLength: 4 })
  .map((segments) => segments.join('.'));

/** A controller and a widget, as two files would have them, that share nothing but the definition. */
function application(select: ReturnType<typeof selectLink>, prefix: string) {
  @ChatController(prefix)
  class ItemController {
    @OnAction(select)
    *select({ id }: Select, ctx: ChatContext) {
      yield { type: 'progress_update' as const, text: `${id} for ${ctx.owner}` };
    }
  }
  const widget: WidgetRoot = {
    type: 'Card',
    children: [
      { type: 'Button', onClickAction: select({ id: 'a' }) },
      { type: 'Button', onClickAction: action(ItemController, 'select', { id: 'b' }) },
    ],
  };
  return { table: tableOf([ItemController]), widget };
}
const selectLink = (given: string) => defineAction(given, Select);

test('whatever the action is called, in the one place where it is, its widget reaches its handler', async () => {
  await fc.assert(
    fc.asyncProperty(name, fc.constantFrom('', 'shop', 'item.list'), async (given, prefix) => {
      const { table, widget } = application(selectLink(given), prefix);
      for (const { config } of widgetActions(widget)) {
        expect(config.type).toBe(given);
        const { type, payload } = config;
        const ctx = testContext({ action: { type, payload } });
        const { id } = payload as Select;
        expect(await texts(table.action(type)!, ctx)).toEqual([`${id} for ${ctx.owner}`]);
      }
    }),
    { numRuns: 40 },
  );
});

test('a sync definition reaches the table of sync actions, and no other', () => {
  const star = defineAction('star', Select, { sync: true });
  @ChatController()
  class ItemController {
    @OnAction(star)
    star(payload: Select) {
      expect(payload.id).toBe('a');
    }
  }
  const table = tableOf([ItemController]);
  const { type, streaming } = star({ id: 'a' });
  expect(streaming).toBe(false);
  expect(table.syncAction(type)?.where).toBe('ItemController.star');
  expect(table.action(type)).toBeUndefined();
});
