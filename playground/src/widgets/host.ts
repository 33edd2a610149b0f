import type { ActionConfig } from 'chatkit-controllers/client';
import { createContext, useContext } from 'react';
import type { LoadingBehavior, RunningAction } from '../state/chat-state';
import type { FieldValue } from '../state/form-values';
import type { Store } from '../state/store';

/** The environment of a widget: sends its actions and keeps its field values. */
export interface WidgetHost {
  readonly itemId: string;
  /** The actions of this widget that have not been answered. */
  readonly running: readonly RunningAction[];
  /**
   * @param path the component that was clicked
   * @param auto the component's loading behavior, for actions that set none or `auto`
   */
  fire(action: ActionConfig, payload: unknown, path: string, auto: LoadingBehavior): void;
  field(name: string): Store<FieldValue | undefined>;
}

export const WidgetHostContext = createContext<WidgetHost | undefined>(undefined);

export function useHost(): WidgetHost {
  const host = useContext(WidgetHostContext);
  if (host === undefined) throw new Error('A component is used outside of a widget.');
  return host;
}

/** The fields of a form by name, with their current values. */
export interface FormScope {
  /** The form's own path. */
  readonly path: string;
  readonly fields: Map<string, () => FieldValue | undefined>;
}

export const FormContext = createContext<FormScope | undefined>(undefined);
