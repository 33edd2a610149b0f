import { createContext, useContext } from 'react';

/** The label texts of a widget, by the names of their controls. */
export const LabelsContext = createContext<ReadonlyMap<string, string>>(new Map());

/** Finds the labels in a widget. */
export function labelsIn(widget: unknown): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (typeof node === 'object' && node !== null) {
      const { type, fieldName, value, children } = node as Record<string, unknown>;
      if (type === 'Label' && typeof fieldName === 'string' && typeof value === 'string')
        labels.set(fieldName, value);
      visit(children);
    }
  };
  visit(widget);
  return labels;
}

/** The accessible name of a control: its label, else its placeholder, else its name. */
export function useControlName(name: string, placeholder?: string): { text: string; hasLabel: boolean } {
  const label = useContext(LabelsContext).get(name);
  return { text: label ?? placeholder ?? name, hasLabel: label !== undefined };
}
