import type { ActionConfig } from 'chatkit-controllers/client';
import { createContext, useContext } from 'react';
import type { LoadingBehavior, RunningAction } from '../state/chat-state';
import type { FieldValue } from '../state/form-values';
import type { Store } from '../state/store';

/** Where a widget stands: what carries out its actions and keeps what is entered in it. */
export interface WidgetHost {
  readonly itemId: string;
  /** The actions of this widget that are not answered. */
  readonly running: readonly RunningAction[];
  /**
   * @param path the component that was clicked
   * @param auto what shows that it runs where the action leaves that to the component
   */
  fire(action: ActionConfig, payload: unknown, path: string, auto: LoadingBehavior): void;
  field(name: string): Store<FieldValue | undefined>;
}

export const WidgetHostContext = createContext<WidgetHost | undefined>(undefined);

export function useHost(): WidgetHost {
  const host = useContext(WidgetHostContext);
  if (host === undefined) throw new Error('A component stands outside a widget.');
  return host;
}

/** The fields of a form by name, each with its present value. */
export interface FormScope {
  /** The form's own path. */
  readonly path: string;
  readonly fields: Map<string, () => FieldValue | undefined>;
}

export const FormContext = createContext<FormScope | undefined>(undefined);
