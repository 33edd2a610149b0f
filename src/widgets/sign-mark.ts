import type { ActionConfig } from '../protocol';

/**
 * Marks an action that must be signed when its widget is added to a thread. It is a symbol, so that it
 * survives building the widget and is never sent.
 */
export const SIGN = Symbol.for('chatkit-controllers.sign');

export interface SignMark {
  /** The payload fields that the client must not change. */
  readonly fields: readonly string[];
  /** How long the signature is valid, in milliseconds. The app's setting is the default. */
  readonly expiresInMs?: number | undefined;
}

export function signMark(config: ActionConfig): SignMark | undefined {
  return (config as ActionConfig & { [SIGN]?: SignMark })[SIGN];
}
