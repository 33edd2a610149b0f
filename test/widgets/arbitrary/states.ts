import fc, { type Arbitrary } from 'fast-check';
import { isComponent, type WidgetComponent } from '../../../src/protocol';
import { anyChange, confined, growth, pick, type Change } from './changes';
import { flag, list, ownId } from './values';
import { anyWidget } from './widgets';

/*
 * Two widgets drawn apart differ in all, and what differs in all is sent whole. Here one is made of
 * the other by a few changes, as the states of a streamed widget are.
 */

type Path = readonly (number | string)[];

export interface Place {
  readonly path: Path;
  readonly component: WidgetComponent;
}

/** Where the components of a widget are, the root first. */
export function placesIn(component: WidgetComponent, path: Path = []): Place[] {
  const { children } = component;
  const below = Array.isArray(children)
    ? children.map((child: unknown, at) => ({ child, path: [...path, 'children', at] }))
    : [{ child: children, path: [...path, 'children'] }];
  return [
    { path, component },
    ...below.flatMap((each) => (isComponent(each.child) ? placesIn(each.child, each.path) : [])),
  ];
}

function changeAt(node: unknown, [key, ...rest]: Path, change: Change): unknown {
  if (key === undefined) return change(node as WidgetComponent);
  if (Array.isArray(node)) return node.with(Number(key), changeAt(node[Number(key)], rest, change));
  return { ...(node as object), [key]: changeAt((node as WidgetComponent)[key], rest, change) };
}

/** Every component with an id, by its place in the order of all. */
function withIds(widget: WidgetComponent, idOf: (n: number) => string): WidgetComponent {
  return placesIn(widget).reduce(
    (named, { path }, n) =>
      changeAt(named, path, (component) => ({ ...component, id: idOf(n) })) as WidgetComponent,
    widget,
  );
}

/** Some with few ids, some where each component has its own, some where several share one. */
const start: Arbitrary<WidgetComponent> = fc.oneof(
  anyWidget,
  anyWidget.map((widget) => withIds(widget, ownId)),
  fc
    .tuple(anyWidget, fc.integer({ min: 2, max: 6 }))
    .map(([widget, ids]) => withIds(widget, (n) => ownId(n % ids))),
);
const which = fc.nat({ max: 40 });

/** One change somewhere in a widget, of a text as often as of anything else. */
const step = fc.tuple(which, flag, growth, anyChange).map(([n, prefersText, ofText, ofAny]) => {
  return (widget: WidgetComponent): WidgetComponent => {
    const places = placesIn(widget);
    const texts = places.filter(({ component: { type } }) => type === 'Text' || type === 'Markdown');
    const place = pick(prefersText && texts.length > 0 ? texts : places, n)!;
    return changeAt(
      widget,
      place.path,
      place.component === pick(texts, n)?.component ? ofText : ofAny,
    ) as WidgetComponent;
  };
});

const steps = fc.array(step, { minLength: 1, maxLength: 4 });

/** A widget, and what it may be next or have been before. */
export const relatedPair: Arbitrary<[WidgetComponent, WidgetComponent]> = fc
  .tuple(start, steps, fc.nat({ max: 3 }))
  .map(([widget, changes, turn]) => {
    const other = changes.reduce((state, change) => change(state), widget);
    return turn === 0 ? [other, widget] : [widget, other];
  });

/** States of one widget, first to last. */
export const states: Arbitrary<WidgetComponent[]> = fc
  .tuple(start, list(steps))
  .map(([widget, changes]) =>
    changes.reduce<WidgetComponent[]>(
      (all, next) => [...all, next.reduce((state, change) => change(state), all.at(-1)!)],
      [widget],
    ),
  );

/** A change of one component alone, below the root, that every id leads to. */
export const confinedChange: Arbitrary<{ before: WidgetComponent; after: WidgetComponent; place: Place }> = fc
  .tuple(
    anyWidget.map((widget) => withIds(widget, (n) => `only${String(n)}`)),
    which,
    confined,
  )
  .filter(([widget]) => placesIn(widget).length > 1)
  .map(([before, n, change]) => {
    const place = pick(placesIn(before).slice(1), n)!;
    return { before, after: changeAt(before, place.path, change) as WidgetComponent, place };
  });
