import 'reflect-metadata';
import { IsInt, IsOptional, IsString } from 'class-validator';
import fc from 'fast-check';
import { z } from 'zod';
import { ChatController, OnAction } from '../../../src/decorators';
import { StartupError, InvalidPayloadError } from '../../../src/errors';
import type { Class, PayloadType } from '../../../src/metadata';
import type { ActionConfig, WidgetRoot } from '../../../src/protocol';
import { widgetActions } from '../../../src/widgets';
import { testContext } from '../../execution/support';
import { tableOf } from '../../routing/support';

class Identified {
  @IsString() id!: string;
}
class Counted {
  @IsOptional() @IsString() id?: string;
  @IsInt() count!: number;
}

const TYPES: readonly (PayloadType | undefined)[] = [
  undefined,
  'unchecked',
  Identified,
  Counted,
  z.object({ id: z.string() }),
];

interface HandlerPlan {
  patterns: (string | RegExp)[];
  sync: boolean;
  type: PayloadType | undefined;
}

/** A controller with a method for each plan. */
function controllerOf(plans: readonly HandlerPlan[]): Class {
  class Planned {}
  for (const [index, { patterns, sync, type }] of plans.entries()) {
    const name = `handle${String(index)}`;
    const method = { [name]: () => 'handled' };
    Object.defineProperty(Planned.prototype, name, { value: method[name], configurable: true });
    const descriptor = Object.getOwnPropertyDescriptor(Planned.prototype, name)!;
    OnAction(patterns, { sync, payload: type })(Planned.prototype, name, descriptor as never);
  }
  ChatController()(Planned);
  return Planned;
}

const segment = fc.constantFrom('item', 'list', 'select', 'open', '1');
const name = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('.'));
const glob = fc
  .array(fc.oneof(segment, fc.constantFrom('*', '**')), { minLength: 1, maxLength: 3 })
  .map((segments) => segments.join('.'));
const pattern = fc.oneof(name, glob, fc.constantFrom(/^item/, /select$/, /1/));
const plan: fc.Arbitrary<HandlerPlan> = fc.record({
  patterns: fc.array(pattern, { minLength: 1, maxLength: 3 }),
  sync: fc.boolean(),
  type: fc.constantFrom(...TYPES),
});

const action: fc.Arbitrary<ActionConfig> = fc.record(
  {
    type: fc.oneof(name, fc.constantFrom('', 'a..b', '*', 'x'.repeat(300))),
    payload: fc.oneof(
      fc.record(
        { id: fc.oneof(fc.string(), fc.integer()), count: fc.oneof(fc.integer(), fc.string()) },
        { requiredKeys: [] },
      ),
      fc.jsonValue({ maxDepth: 1 }),
    ),
    streaming: fc.boolean(),
    handler: fc.constantFrom('server' as const, 'client' as const),
  },
  { requiredKeys: ['type'] },
);

const { widget } = fc.letrec<{ widget: WidgetRoot }>((tie) => ({
  widget: fc.record(
    {
      type: fc.constantFrom('Card', 'Row', 'Button'),
      onClickAction: action,
      confirm: fc.record({ label: fc.constant('Yes'), action }),
      children: fc.array(tie('widget'), { maxLength: 3 }),
    },
    { requiredKeys: ['type'] },
  ),
}));

type Table = ReturnType<typeof tableOf>;

/** What becomes of an action: who takes it, and whether the payload gets through. */
async function dispatch(table: Table, { type, payload, streaming }: ActionConfig): Promise<string> {
  const handler = streaming === false ? table.syncAction(type) : table.action(type);
  if (handler === undefined) return 'nobody';
  try {
    await handler.call(testContext({ action: { type, payload } }));
    return handler.where;
  } catch (error) {
    if (error instanceof InvalidPayloadError) return `${handler.where} refuses`;
    throw error;
  }
}

test('the verdict on an action is what its dispatch makes of it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(plan, { maxLength: 5 }), widget, async (plans, root) => {
      const table = tableWithout(plans);
      const written = widgetActions(root).filter(({ config }) => config.handler !== 'client');
      const sent = written.map(({ config, path }) => ({ path, config: onWire(config) }));
      const report = table.widgetCheck.report([root]);
      expect(report.actions.map(({ path }) => path)).toEqual(sent.map(({ path }) => path));

      for (const [index, { config }] of sent.entries()) {
        const outcome = await dispatch(table, config);
        const [single] = table.widgetCheck.report([{ type: 'Button', onClickAction: config }]).problems;
        const verdict =
          single === undefined || single.code === 'payload_does_not_fit'
            ? `${String(report.actions[index]?.handler)}${single === undefined ? '' : ' refuses'}`
            : 'nobody';
        expect(verdict).toBe(outcome);
      }
      const faulty = new Set(report.problems.map((problem) => problem.action));
      const taken = await Promise.all(sent.map(({ config }) => dispatch(table, config)));
      // Nulls that are lost on the way are told besides: they say nothing of what becomes of the rest.
      const lost = report.problems.filter(({ code }) => code === 'null_in_list');
      expect(lost.length > 0).toBe(written.some(({ config }) => hasNullInList(config.payload)));
      expect(report.problems.length === lost.length).toBe(
        !taken.some((who) => who === 'nobody' || who.endsWith('refuses')),
      );
      for (const type of faulty) expect(sent.map(({ config }) => config.type)).toContain(type);
    }),
    { numRuns: 300 },
  );
});

test('a pattern is unused when nothing that is sent is dispatched by it', () => {
  fc.assert(
    fc.property(fc.array(plan, { maxLength: 5 }), widget, (plans, root) => {
      const table = tableWithout(plans);
      const { unused, actions } = table.widgetCheck.report([root]);
      const busy = new Set(actions.map(({ handler }) => handler));
      // A handler that takes nothing has all of its patterns in the list; one that takes something, not all.
      for (const { where, patterns } of table.registry().filter(({ kind }) => kind.endsWith('action'))) {
        const idle = unused.filter((each) => each.where === where);
        expect(idle.length === patterns.length).toBe(!busy.has(where));
      }
    }),
    { numRuns: 200 },
  );
});

/** The table of those plans that do not get in each other's way. */
function tableWithout(plans: readonly HandlerPlan[]): Table {
  const kept: HandlerPlan[] = [];
  let table = tableOf([]);
  for (const each of plans) {
    try {
      table = tableOf([controllerOf([...kept, each])]);
      kept.push(each);
    } catch (error) {
      if (!(error instanceof StartupError)) throw error;
    }
  }
  return table;
}

function hasNullInList(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value) && value.includes(null)) return true;
  return Object.values(value).some(hasNullInList);
}

/** As the client gets it: without nulls. */
function onWire(config: ActionConfig): ActionConfig {
  return JSON.parse(JSON.stringify(config), (_, value: unknown) =>
    Array.isArray(value) ? value.filter((each) => each !== null) : value === null ? undefined : value,
  ) as ActionConfig;
}
