import type { ActionConfig } from 'chatkit-controllers/client';
import { useContext } from 'react';
import type { LoadingBehavior } from '../state/chat-state';
import { FormContext, useHost } from './host';
import { withFields } from './payload';
import type { FieldValue } from '../state/form-values';

/** An action ready to be fired by a component. */
export interface ReadyAction {
  /** @param own the value of the control that fires it, by its name */
  fire: (own?: readonly [string, FieldValue]) => void;
  /** Whether it runs and is to be shown at the component itself. */
  isLoading: boolean;
}

/**
 * @param path the component's
 * @param auto what shows that it runs where the action leaves that to the component
 */
export function useAction(
  action: ActionConfig | undefined,
  path: string,
  auto: LoadingBehavior,
): ReadyAction {
  const host = useHost();
  const form = useContext(FormContext);
  return {
    fire(own) {
      if (!isAction(action)) return;
      const fields = new Map<string, FieldValue | undefined>();
      if (form !== undefined) for (const [name, read] of form.fields) fields.set(name, read());
      if (own !== undefined) fields.set(...own);
      host.fire(action, withFields(action.payload, fields), path, auto);
    },
    isLoading: host.running.some((each) => each.path === path && each.loading === 'self'),
  };
}

export function isAction(action: unknown): action is ActionConfig {
  return (
    typeof action === 'object' && action !== null && typeof (action as { type?: unknown }).type === 'string'
  );
}
