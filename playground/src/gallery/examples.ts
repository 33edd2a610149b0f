import { CONTAINER_SPECS } from './container-specs';
import { CONTENT_SPECS } from './content-specs';
import { CONTROL_SPECS } from './control-specs';
import type { Specs } from './spec';

const SPECS: Specs = { ...CONTAINER_SPECS, ...CONTROL_SPECS, ...CONTENT_SPECS };

/** One value of one prop, as a whole widget. */
export interface Example {
  id: string;
  /** `size: "md"` */
  label: string;
  widget: unknown;
}

export interface PropExhibit {
  prop: string;
  examples: readonly Example[];
}

/** All examples of one component. */
export interface ComponentExhibit {
  type: string;
  props: readonly PropExhibit[];
}

interface LooseSpec {
  base: object;
  props: Readonly<Record<string, readonly unknown[]>>;
  around?: (component: never) => unknown;
}

/** Components that are as wide as their content. */
const NARROW = new Set(['Badge', 'Button', 'Checkbox', 'DatePicker', 'Icon', 'Image', 'Select']);

/** Components that can be the root of a widget. */
const ROOTS = new Set(['Card', 'ListView', 'Basic']);

/** Every component with every value of every prop, from the specifications. */
export const EXHIBITS: readonly ComponentExhibit[] = Object.entries(SPECS).map(([type, spec]) =>
  exhibitOf(type, spec as LooseSpec),
);

function exhibitOf(type: string, { base, props, around }: LooseSpec): ComponentExhibit {
  return {
    type,
    props: Object.entries(props).map(([prop, values]) => ({
      prop,
      examples: values.map((value, index) => {
        const component = { type, ...base, [prop]: value };
        const shown = around === undefined ? component : around(component as never);
        return { id: `${type}.${prop}.${String(index)}`, label: labelOf(value), widget: asRoot(shown) };
      }),
    })),
  };
}

function asRoot(component: unknown): unknown {
  const { type } = component as { type: string };
  if (ROOTS.has(type)) return component;
  return { type: 'Basic', align: NARROW.has(type) ? 'start' : 'stretch', children: [component] };
}

function labelOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
