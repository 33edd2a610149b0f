import type { ActionConfig } from '../protocol';
import type { ActionLinkOptions } from './action-link';
import { SIGN, type SignMark } from './sign-mark';

/** The error of an action that is put together wrongly. */
export function misused(action: string, message: string): TypeError {
  return new TypeError(`The action ${action}: ${message}`);
}

/**
 * An action as a widget carries it, marked if it is to be signed.
 *
 * @throws TypeError when the options contradict the action's kind or each other.
 */
export function actionConfig(
  { action, sync }: { readonly action: string; readonly sync: boolean },
  payload: unknown,
  options: ActionLinkOptions = {},
): ActionConfig {
  const { handler, loadingBehavior } = options;
  const streaming = sync ? false : options.streaming;
  if (sync && options.streaming === true) {
    throw misused(action, 'it is a sync action, which is never sent with streaming: true.');
  }
  const mark = markOf(action, payload, options);
  return {
    type: action,
    ...(payload === undefined ? undefined : { payload }),
    ...(handler === undefined ? undefined : { handler }),
    ...(loadingBehavior === undefined ? undefined : { loadingBehavior }),
    ...(streaming === undefined ? undefined : { streaming }),
    ...(mark === undefined ? undefined : { [SIGN]: mark }),
  };
}

function markOf(
  action: string,
  payload: unknown,
  { sign, expiresIn }: ActionLinkOptions,
): SignMark | undefined {
  if (sign === undefined) {
    if (expiresIn === undefined) return undefined;
    throw misused(action, 'only a signature expires. Name the fields to sign: { sign: [], expiresIn }.');
  }
  if (expiresIn !== undefined && !(Number.isFinite(expiresIn) && expiresIn > 0)) {
    throw misused(action, `expiresIn must be a number of milliseconds above 0, got ${String(expiresIn)}.`);
  }
  const missing = sign.find((field) => !hasField(payload, field));
  if (missing !== undefined) {
    throw misused(
      action,
      `sign names the field "${missing}", and the widget's payload has none of that name.`,
    );
  }
  return Object.freeze({ fields: Object.freeze([...sign]), expiresInMs: expiresIn });
}

/** Whether JSON will have the field. */
function hasField(payload: unknown, field: string): boolean {
  if (typeof payload !== 'object' || payload === null || !Object.hasOwn(payload, field)) return false;
  return (payload as Record<string, unknown>)[field] !== undefined;
}
