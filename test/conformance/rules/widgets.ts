import type { JsonObject } from '../language';
import { adopt, type Comparison, type Rule } from './rule';

/** A rule for streamed widgets: it applies to the states of the exchange's one stream. */
function streamRule(name: string, applies: (states: JsonObject[], comparison: Comparison) => boolean): Rule {
  return {
    name,
    apply(comparison) {
      const { exchange, expected } = comparison;
      const [step] = 'send' in exchange ? (exchange.handler ?? []).filter((each) => 'widgets' in each) : [];
      if (step === undefined || expected.reply.events === undefined) return;
      if (applies(step.widgets, comparison) && sendsWholeStates(step.widgets, comparison)) adopt(comparison);
    },
  };
}

/** Where ours sends a root it is one of the states, and at the end stands the last. */
function sendsWholeStates(states: JsonObject[], { ours }: Comparison): boolean {
  const shown = new Set(states.map(canonical));
  const events = ours.reply.events ?? [];
  const roots = events.flatMap(({ update }) => (update as JsonObject | undefined)?.['widget'] ?? []);
  const { item } = events.at(-1) as { item?: JsonObject };
  const last = item?.['widget'];
  return (
    roots.every((root) => shown.has(canonical(root))) && (last === undefined || shown.has(canonical(last)))
  );
}

const isError = (event: JsonObject | undefined): boolean => event?.['code'] === 'stream.error';

export const widgets: Rule[] = [
  {
    name: 'ids of streamed widgets begin with wgt_',
    apply({ expected, exchanges }) {
      if (!exchanges.some((each) => 'send' in each && each.handler?.some((step) => 'widgets' in step)))
        return;
      const names = new Set<string>();
      collectWidgetIds(expected, names);
      rename(expected, names);
    },
  },
  streamRule('a widget stream without states shows nothing', (states) => states.length === 0),
  streamRule(
    'props of streamed widgets may appear and disappear',
    (states, { expected }) => isError(expected.reply.events?.at(-1)) && !sameKeys(states),
  ),
  streamRule('growing text without an id or in a single child is sent', (states, { expected, ours }) => {
    const theirs = expected.reply.events?.length ?? 0;
    return theirs < (ours.reply.events?.length ?? 0) && states.some((state) => growsUnnoticed(state));
  }),
  streamRule('a widget with a duplicate id is sent whole', (states) => states.some(hasIdTwice)),
];

function collectWidgetIds(value: unknown, names: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const { type, id } = value as JsonObject;
  if (type === 'widget' && typeof id === 'string' && id.startsWith('<msg ')) names.add(id);
  for (const child of Object.values(value)) collectWidgetIds(child, names);
}

function rename(value: unknown, names: ReadonlySet<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    if (typeof child === 'string' && names.has(child))
      Object.assign(value, { [key]: child.replace('<msg ', '<wgt ') });
    else rename(child, names);
  }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) =>
    typeof field === 'object' && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
      : field,
  );
}

function components(node: unknown): JsonObject[] {
  if (Array.isArray(node)) return node.flatMap(components);
  if (typeof node !== 'object' || node === null) return [];
  const component = node as JsonObject;
  return [component, ...components(component['children'])];
}

const keysOf = (state: JsonObject): string =>
  canonical(components(state).map((each) => Object.keys(each).sort()));

const sameKeys = (states: JsonObject[]): boolean => new Set(states.map(keysOf)).size <= 1;

const growsUnnoticed = (state: JsonObject): boolean =>
  components(state).some(
    ({ type, id, children }) =>
      ((type === 'Text' || type === 'Markdown') && id === undefined) ||
      (typeof children === 'object' && !Array.isArray(children)),
  );

function hasIdTwice(state: JsonObject): boolean {
  const ids = components(state).flatMap(({ id }) => id ?? []);
  return new Set(ids).size < ids.length;
}
