import type { ActionConfig } from '../protocol';
import type { ActionDefinitionOptions } from './action-definition';
import { ActionDefinitionError } from './action-definition-error';
import { SIGN, type SignMark } from './sign-mark';

/**
 * An action as a widget carries it, marked if it is to be signed.
 *
 * @throws ActionDefinitionError when the options contradict the action's kind, the payload or each other.
 */
export function actionConfig(
  { action, sync }: { readonly action: string; readonly sync: boolean },
  payload: unknown,
  options: ActionDefinitionOptions = {},
): ActionConfig {
  if (sync && options.streaming === true) {
    throw new ActionDefinitionError(
      'streaming_conflict',
      `The action "${action}" is a sync one, and is never sent with streaming: true. Leave the option out.`,
    );
  }
  const { handler, loadingBehavior } = options;
  const streaming = sync ? false : options.streaming;
  const mark = markOf(action, payload, options);
  const config: ActionConfig & { [SIGN]?: SignMark } = { type: action };
  if (payload !== undefined) config.payload = payload;
  if (handler !== undefined) config.handler = handler;
  if (loadingBehavior !== undefined) config.loadingBehavior = loadingBehavior;
  if (streaming !== undefined) config.streaming = streaming;
  if (mark !== undefined) config[SIGN] = mark;
  return config;
}

function markOf(
  action: string,
  payload: unknown,
  { sign, expiresIn }: ActionDefinitionOptions,
): SignMark | undefined {
  if (sign === undefined) {
    if (expiresIn === undefined) return undefined;
    throw new ActionDefinitionError(
      'invalid_expiry',
      `The action "${action}" is not signed, and only a signature expires. Say what to sign: { sign: [], expiresIn }.`,
    );
  }
  if (expiresIn !== undefined && !(Number.isFinite(expiresIn) && expiresIn > 0)) {
    throw new ActionDefinitionError(
      'invalid_expiry',
      `The action "${action}" expires in ${String(expiresIn)}: expiresIn must be a number of milliseconds above 0.`,
    );
  }
  const missing = sign.find((field) => !hasField(payload, field));
  if (missing !== undefined) {
    throw new ActionDefinitionError(
      'unknown_signed_field',
      `The action "${action}" signs "${missing}", but the widget gives no such field. Fields of a form cannot be signed.`,
    );
  }
  return Object.freeze({ fields: Object.freeze([...sign]), expiresInMs: expiresIn });
}

/** Whether JSON will have the field. */
function hasField(payload: unknown, field: string): boolean {
  if (typeof payload !== 'object' || payload === null || !Object.hasOwn(payload, field)) return false;
  return (payload as Record<string, unknown>)[field] !== undefined;
}
