import fc from 'fast-check';
import {
  checkEvent,
  serialiseItem,
  writeEvent,
  type ThreadItemUpdate,
  type WidgetComponent,
} from '../../src/protocol';
import { diffWidget, widgetActions } from '../../src/widgets';
import * as components from '../../src/widgets/components';
import type { AnyComponent } from '../../src/widgets/components';
import { expectedWire } from '../protocol/expected';
import { plantedIn } from './arbitrary/actions';
import { bytesOf, canonical, Page, widgetItem } from './arbitrary/page';
import { confinedChange, placesIn, relatedPair, states } from './arbitrary/states';
import { anyWidget } from './arbitrary/widgets';

const RUNS = Number(process.env['WIDGET_RUNS'] ?? 10_000);
const SEED = Number(process.env['WIDGET_SEED'] ?? 4);
const HOW = `${String(RUNS)} runs, seed ${String(SEED)}; others by WIDGET_RUNS and WIDGET_SEED`;

/** Holds a property against so many values, and sees that they have all come by. */
function always<T>(values: fc.Arbitrary<T>, holds: (value: T) => void): void {
  let seen = 0;
  const property = fc.property(values, (value) => {
    seen += 1;
    holds(value);
  });
  fc.assert(property, { numRuns: RUNS, seed: SEED });
  expect(seen).toBe(RUNS);
}

const BUILDERS: Record<AnyComponent['type'], (props: never) => AnyComponent> = {
  ...components,
  'Table.Row': components.TableRow,
  'Table.Cell': components.TableCell,
};

/** The names of all components: the module has some more. */
const TYPES = Object.keys(BUILDERS).filter(
  (name) => !['createElement', 'Fragment', 'TableCell', 'TableRow'].includes(name),
);

/** The component as its builder makes it of its props, with children as people write them. */
function built({ type, ...props }: AnyComponent): AnyComponent {
  const build = BUILDERS[type] as (props: object) => AnyComponent;
  const { children, ...others } = props as { children?: AnyComponent | AnyComponent[] };
  if (children === undefined) return build(others);
  if (!Array.isArray(children)) return build({ ...others, children: built(children) });
  const [first, ...rest] = children.map(built);
  return build({ ...others, children: [undefined, [first, false], null, rest] });
}

function valueAt(root: unknown, path: string): unknown {
  return path.split('.').reduce((node, key) => (node as Record<string, unknown>)[key], root);
}

const DELTA = 'widget.streaming_text.value_delta';
const COMPONENT = 'widget.component.updated';
const ROOT = 'widget.root.updated';

const off = diffWidget;
const on: typeof diffWidget = (before, after) => diffWidget(before, after, { componentUpdates: true });

/** How the changes were told: what kinds of updates, each named once. */
function kindsOf(updates: readonly ThreadItemUpdate[]): string {
  return [...new Set(updates.map(({ type }) => type))].sort().join(' and ');
}

/** Where in a widget an update takes effect. */
function pathOf(widget: WidgetComponent, update: ThreadItemUpdate): string {
  if (!('component_id' in update)) return '';
  return placesIn(widget)
    .find(({ component }) => component.id === update.component_id)!
    .path.join();
}

describe(`Ten thousand random widgets (${HOW})`, () => {
  jest.setTimeout(300_000); // some 50 s in all where nothing else runs

  it('survive being built, checked, stored, sent and read, and show the actions put into them', () => {
    let actions = 0;
    const types = new Set<string>();
    always(anyWidget, (widget) => {
      const item = widgetItem(built(widget));
      expect(canonical(item.widget)).toBe(canonical(widget));
      expect(checkEvent({ type: 'thread.item.done', item })).toEqual([]);

      const text = serialiseItem(item);
      const wire = JSON.stringify(expectedWire(item));
      expect(JSON.stringify(JSON.parse(text))).toBe(wire);
      const sent = JSON.parse(writeEvent({ type: 'thread.item.done', item }, text)) as { item: unknown };
      expect(JSON.stringify(sent.item)).toBe(wire);

      const planted = plantedIn(item.widget);
      const found = widgetActions(item.widget);
      expect(found.length).toBe(planted.length);
      for (const [index, { path, config }] of found.entries()) {
        expect(config).toBe(planted[index]);
        expect(valueAt(item.widget, path)).toBe(config);
      }
      actions += planted.length;
      for (const { component } of placesIn(widget)) types.add(component.type);
    });
    expect(actions).toBeGreaterThan(RUNS / 5);
    expect([...types].sort()).toEqual(TYPES.sort());
  });

  it('turn into any other by what is sent', () => {
    always(fc.tuple(anyWidget, anyWidget), ([before, after]) => {
      for (const diff of [off, on]) {
        expect(canonical(new Page(before).update(diff(before, after)).widget)).toBe(canonical(after));
      }
    });
  });

  it('turn into what they are after some changes, by updates that do not overlap', () => {
    const seen = new Map<typeof off, Record<string, number>>([
      [off, {}],
      [on, {}],
    ]);
    always(relatedPair, ([before, after]) => {
      for (const diff of [off, on]) {
        const updates = diff(before, after);
        const { widget } = new Page(before).update(updates);
        expect(canonical(widget)).toBe(canonical(after));
        expect(JSON.stringify(expectedWire(widgetItem(widget)))).toBe(JSON.stringify(widgetItem(widget))); // no nulls

        const paths = updates.map((update) => `${pathOf(after, update)},`);
        const isInside = (path: string, at: number) => paths.some((p, i) => i !== at && path.startsWith(p));
        expect(paths.some(isInside)).toBe(false);

        const kinds = kindsOf(updates);
        seen.get(diff)![kinds] = (seen.get(diff)![kinds] ?? 0) + 1;
      }
    });
    // None of the ways to tell a change is met so seldom that this would say nothing about it.
    const ways = ['', DELTA, ROOT];
    expect(Object.keys(seen.get(off)!).sort()).toEqual(ways.sort());
    expect(Object.keys(seen.get(on)!).sort()).toEqual(
      [...ways, COMPONENT, `${COMPONENT} and ${DELTA}`].sort(),
    );
    for (const count of [...seen.values()].flatMap(Object.values)) expect(count).toBeGreaterThan(RUNS / 200);
  });

  it('take no more bytes with component updates than without', () => {
    let less = 0;
    always(relatedPair, ([before, after]) => {
      const [without, withThem] = [off(before, after), on(before, after)];
      if (kindsOf(without) !== ROOT) {
        expect(withThem).toEqual(without);
      } else if (kindsOf(withThem) !== DELTA) {
        expect(bytesOf(withThem)).toBeLessThanOrEqual(bytesOf(without));
        if (bytesOf(withThem) < bytesOf(without)) less += 1;
      }
    });
    expect(less).toBeGreaterThan(RUNS / 10);
  });

  it('are followed through all their states', () => {
    always(states, ([first, ...rest]) => {
      for (const diff of [off, on]) {
        const page = new Page(first!);
        let before = first!;
        for (const after of rest) {
          expect(canonical(page.update(diff(before, after)).widget)).toBe(canonical(after));
          before = after;
        }
      }
    });
  });

  it('tell of a change in one component by that component, or by less', () => {
    let alone = 0;
    always(confinedChange, ({ before, after, place }) => {
      const [update, ...more] = on(before, after);
      expect(more).toEqual([]);
      if (update === undefined) {
        expect(canonical(after)).toBe(canonical(before));
      } else if ('component_id' in update && update.component_id === place.component.id) {
        alone += 1;
      } else {
        const component = placesIn(after).find(({ path }) => path.join() === place.path.join())!.component;
        const ofPlace = { type: COMPONENT, component_id: component.id!, component } as const;
        expect(bytesOf([update])).toBeLessThan(bytesOf([ofPlace]));
      }
    });
    expect(alone).toBeGreaterThan(RUNS / 3);
  });
});
