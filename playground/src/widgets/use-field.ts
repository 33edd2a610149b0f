import { useContext, useEffect, useId } from 'react';
import { useStore } from '../state/store';
import type { FieldValue } from '../state/form-values';
import { FormContext, useHost } from './host';

export interface FieldState<T extends FieldValue> {
  value: T;
  set: (value: T) => void;
  /** The id of its control, for the label. */
  id: string;
}

/** The value of a named control: as entered by the user, else the widget's initial value. */
export function useField<T extends FieldValue>(name: string, initial: T): FieldState<T> {
  const host = useHost();
  const form = useContext(FormContext);
  const store = host.field(name);
  const entered = useStore(store);
  const value = typeof entered === typeof initial ? (entered as T) : initial;
  const fallback = useId();
  useEffect(() => {
    const read = (): FieldValue => {
      const now = store.get();
      return typeof now === typeof initial ? (now as T) : initial;
    };
    form?.fields.set(name, read);
    return () => {
      if (form?.fields.get(name) === read) form.fields.delete(name);
    };
  }, [form, name, store, initial]);
  return { value, set: (next) => store.set(next), id: name === '' ? fallback : fieldId(host.itemId, name) };
}

/** The id of a control, by item and name. */
export function fieldId(itemId: string, name: string): string {
  return `field-${itemId}-${name}`;
}
