import type { ActionConfig } from '../protocol';

/**
 * Says on an action that it is to be signed when its widget gets its place in a thread. A symbol, as
 * it must survive that a widget is put together and never go over the wire.
 */
export const SIGN = Symbol.for('chatkit-controllers.sign');

export interface SignMark {
  /** The fields of the payload that no client may change. */
  readonly fields: readonly string[];
  /** How long the signature is good for, in milliseconds; as the application says by default. */
  readonly expiresInMs?: number | undefined;
}

export function signMark(config: ActionConfig): SignMark | undefined {
  return (config as ActionConfig & { [SIGN]?: SignMark })[SIGN];
}
