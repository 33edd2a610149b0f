import { shorten } from '../errors';

/**
 * What a widget component carries to say which action it sends. Keys are camelCase on the wire,
 * unlike the rest of the protocol.
 */
export interface ActionConfig {
  type: string;
  payload?: unknown;
  /** Who handles it: the server (default) or the page's own `widgets.onAction`. */
  handler?: 'server' | 'client' | undefined;
  /** What shows the loading state while the action runs. `auto` depends on the component. */
  loadingBehavior?: 'auto' | 'none' | 'self' | 'container' | undefined;
  /** `false` makes the client send the sync operation, which may run beside a stream. */
  streaming?: boolean | undefined;
}

/** An action as the server receives it: its name and its payload, nothing else. */
export interface ActionRequest<TPayload = unknown> {
  type: string;
  payload?: TPayload | undefined;
}

/** An action's name for messages and logs: whatever a client sends as a name, bounded. */
export function shortName(name: string): string {
  return shorten(name, 100);
}
