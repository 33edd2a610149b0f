import type { ActionConfig } from '../protocol';
import type { ActionDefinitionOptions } from './action-definition';
import { ActionDefinitionError } from './action-definition-error';
import { SIGN, type SignMark } from './sign-mark';

/**
 * An action as it is placed in a widget, with a mark if it must be signed.
 *
 * @throws ActionDefinitionError when the options contradict the kind of action, the payload or each other.
 */
export function actionConfig(
  { action, sync }: { readonly action: string; readonly sync: boolean },
  payload: unknown,
  options: ActionDefinitionOptions = {},
): ActionConfig {
  if (sync && options.streaming === true) {
    throw new ActionDefinitionError(
      'streaming_conflict',
      `The action "${action}" is a sync action and cannot have streaming: true. Remove the option.`,
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
      `The action "${action}" has expiresIn but is not signed, and only a signature can expire. Sign it: { sign: [], expiresIn }.`,
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
      `The action "${action}" signs "${missing}", but the widget's payload has no such field. Form fields cannot be signed.`,
    );
  }
  return Object.freeze({ fields: Object.freeze([...sign]), expiresInMs: expiresIn });
}

/** Whether the JSON text will contain the field. */
function hasField(payload: unknown, field: string): boolean {
  if (typeof payload !== 'object' || payload === null || !Object.hasOwn(payload, field)) return false;
  return (payload as Record<string, unknown>)[field] !== undefined;
}
