import { shorten } from '../errors';

/**
 * The action that a widget component sends. Keys are camelCase on the wire, unlike the rest of the protocol.
 */
export interface ActionConfig {
  type: string;
  payload?: unknown;
  /** What handles it: the server (default) or the page's own `widgets.onAction`. */
  handler?: 'server' | 'client' | undefined;
  /** Which element shows the loading state while the action runs. `auto` depends on the component. */
  loadingBehavior?: 'auto' | 'none' | 'self' | 'container' | undefined;
  /** With `false`, the client sends the sync operation, which may run while a stream is open. */
  streaming?: boolean | undefined;
}

/** An action as the server receives it: only its name and payload. */
export interface ActionRequest<TPayload = unknown> {
  type: string;
  payload?: TPayload | undefined;
}

/** An action's name for messages and logs. A client can send any name, so it is cut to 100 characters. */
export function shortName(name: string): string {
  return shorten(name, 100);
}
