import 'reflect-metadata';
import { Type } from 'class-transformer';
import { IsOptional, IsString, ValidateNested } from 'class-validator';
import fc from 'fast-check';
import { ChatController, OnAction, Payload } from '../../../src/decorators';
import { InvalidPayloadError } from '../../../src/errors';
import { assistantMessage } from '../../../src/events';
import type { WidgetRoot } from '../../../src/protocol';
import { testContext } from '../../execution/support';
import { sentByClient } from '../../support/form-client';
import { tableOf } from '../../routing/support';

class City {
  @IsString() name!: string;
  @IsString() zip!: string;
}
class Order {
  @IsString() id!: string;
  @IsOptional() @IsString() note?: string;
  @ValidateNested() @Type(() => City) city!: City;
}

@ChatController()
class Orders {
  @OnAction('order')
  order(@Payload() { id }: Order) {
    return assistantMessage(id);
  }
}

const tables = (['drop', 'refuse', 'keep'] as const).map((unknownFields) =>
  tableOf([Orders], { unknownFields }),
);
const table = fc.constantFrom(...tables);

/** Where the class has a text. */
const LEAVES = ['id', 'note', 'city.name', 'city.zip'];
const ODD = ['other', 'city', 'city.name.more', 'id.0', 'city.0', '__proto__', 'constructor.name'];

const text = fc.oneof({ weight: 4, arbitrary: fc.string() }, fc.integer());
const payload = fc.record(
  {
    id: text,
    note: text,
    city: fc.oneof(fc.record({ name: text, zip: text }, { requiredKeys: [] }), text),
    extra: text,
  },
  { requiredKeys: [] },
);

const form = (own: object, names: readonly string[]): WidgetRoot => ({
  type: 'Form',
  onSubmitAction: { type: 'order', payload: own },
  children: names.map((name) => ({ type: 'Input', name })),
});

/** Whether the handler takes what the client sends. */
async function isTaken(
  { action }: (typeof tables)[number],
  widget: WidgetRoot,
  values: Record<string, unknown>,
): Promise<boolean> {
  try {
    await action('order')!.call(testContext({ action: sentByClient(widget, values) }));
    return true;
  } catch (error) {
    if (error instanceof InvalidPayloadError) return false;
    throw error;
  }
}

test('no false alarm: a payload that is a problem is refused, whatever is typed into the form', async () => {
  const names = fc.uniqueArray(fc.constantFrom(...LEAVES, ...ODD), { maxLength: 5 });
  const typed = fc.array(fc.string(), { minLength: 5, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(table, payload, names, typed, async (each, own, fields, texts) => {
      const widget = form(own, fields);
      const problems = each.widgetCheck.report([widget]).problems;
      if (!problems.some(({ code }) => code === 'payload_does_not_fit')) return;
      const values = Object.fromEntries(fields.map((name, index) => [name, texts[index]]));
      expect(await isTaken(each, widget, values)).toBe(false);
    }),
    { numRuns: 1_000 },
  );
});

test('nothing overlooked: where fields have what the class wants, all is well exactly if the handler takes it', async () => {
  const names = fc.uniqueArray(fc.constantFrom(...LEAVES), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(table, payload, names, async (each, own, fields) => {
      const widget = form(own, fields);
      const problems = each.widgetCheck.report([widget]).problems;
      fc.pre(!problems.some(({ code }) => code === 'form_field_lost'));
      const values = Object.fromEntries(fields.map((name) => [name, 'typed']));
      expect(problems.length === 0).toBe(await isTaken(each, widget, values));
    }),
    { numRuns: 1_000 },
  );
});
