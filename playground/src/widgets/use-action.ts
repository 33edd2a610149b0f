import type { ActionConfig } from 'chatkit-controllers/client';
import { useContext } from 'react';
import type { LoadingBehavior } from '../state/chat-state';
import { FormContext, useHost } from './host';
import { withFields } from './payload';
import type { FieldValue } from '../state/form-values';

/** An action that a component can send. */
export interface ReadyAction {
  /** @param own the name and value of the control that sends it */
  fire: (own?: readonly [string, FieldValue]) => void;
  /** Whether the action is running and the component itself must show that. */
  isLoading: boolean;
}

/**
 * @param path the component's path
 * @param auto the component's loading behavior, for actions that set none or `auto`
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
