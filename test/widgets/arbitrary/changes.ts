import fc, { type Arbitrary } from 'fast-check';
import type { WidgetComponent } from '../../../src/protocol';
import { action, json, key } from './actions';
import { flag, id, text } from './values';
import { anyComponent } from './widgets';

/** What becomes of one component; the same where the change does not fit it. */
export type Change = (component: WidgetComponent) => WidgetComponent;

const index = fc.nat({ max: 20 });

/** The n-th element, from the start again after the last; undefined where there is none. */
export function pick<T>(from: readonly T[], n: number): T | undefined {
  return from[n % Math.max(from.length, 1)];
}

/** Its props by name, those apart that say where it stands. */
function propsOf(component: WidgetComponent): string[] {
  return Object.keys(component).filter((key) => !['type', 'id', 'children'].includes(key));
}

const append =
  (more: string, rest: object = {}): Change =>
  (component) =>
    typeof component['value'] === 'string'
      ? { ...component, value: component['value'] + more, ...rest }
      : component;
const grow = text.map((more) => append(more));
const finish = text.map((more) => append(more, { streaming: false }));
const reword = text.map<Change>((value) => (component) => ({ ...component, value }));
const flip = fc.constant<Change>((component) => ({
  ...component,
  streaming: component['streaming'] !== true,
}));

const alter = fc.tuple(index, json).map<Change>(([n, value]) => (component) => {
  const prop = pick(propsOf(component), n) ?? 'label';
  return { ...component, [prop]: value };
});
const unset = fc.tuple(index, flag).map<Change>(([n, isNull]) => (component) => {
  const prop = pick([...propsOf(component), 'background'], n) ?? '';
  return { ...component, [prop]: isNull ? null : undefined };
});
/** Another payload of its action, or the same but for one key; an action where there was none. */
const alterPayload = fc
  .tuple(action, key, fc.oneof(json, fc.constant({})), flag)
  .map<Change>(([instead, name, value, isWhole]) => (component) => {
    const prop = propsOf(component).find((each) => each.endsWith('Action'));
    if (prop === undefined) return { ...component, onClickAction: instead };
    const config = component[prop] as { payload?: object } | null;
    const payload = isWhole ? value : { ...config?.payload, [name]: value };
    return { ...component, [prop]: { ...config, payload } };
  });
/** A component in a prop that holds none today. */
const hang = anyComponent.map<Change>((header) => (component) => ({ ...component, header }));

const rename = fc
  .option(id, { nil: undefined })
  .map<Change>((name) => (component) => ({ ...component, id: name }));
const supersede = fc.tuple(anyComponent, flag).map<Change>(
  ([other, keepsId]) =>
    (component) =>
      keepsId ? { ...other, id: component.id } : other,
);
const reorder = fc.constant<Change>(
  (component) => Object.fromEntries(Object.entries(component).reverse()) as WidgetComponent,
);

const ofChildren =
  (change: (children: unknown[]) => unknown): Change =>
  (component) =>
    Array.isArray(component['children'])
      ? { ...component, children: change(component['children']) }
      : component;
const add = fc
  .tuple(index, fc.oneof(anyComponent, fc.constant(null)))
  .map(([n, child]) => ofChildren((children) => children.toSpliced(n % (children.length + 1), 0, child)));
const drop = index.map((n) =>
  ofChildren((children) => children.filter((_, at) => at !== n % children.length)),
);
const double = index.map((n) => ofChildren((children) => [...children, ...children.slice(n % 3)]));
const reverse = fc.constant(ofChildren((children) => children.toReversed()));
/** Children that are one component, and a list of one, are not the same. */
const unwrap = fc.constant<Change>((component) => ({
  ...component,
  children: Array.isArray(component['children']) ? component['children'][0] : [component['children']],
}));

/** What becomes of a text while it is streamed. */
export const growth: Arbitrary<Change> = fc.oneof({ weight: 4, arbitrary: grow }, flip, finish, reword);

/** What may change in a component while it stays what and where it is. */
export const confined: Arbitrary<Change> = fc.oneof(
  { weight: 2, arbitrary: alter },
  ...[unset, alterPayload, hang, add, drop, reverse, reword],
);

export const anyChange: Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: confined },
  ...[rename, supersede, reorder, double, unwrap],
);
