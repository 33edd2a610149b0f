import { isRecord, type ActionRequest, type VisibleItem } from '../../protocol';
import { SIGNATURE, sentAction, signatureIn, type ActionDefinition } from '../../widgets';
import { findSender, type SenderChoice } from './find-sender';

/** How an action is sent. */
export interface ActionOptions {
  /**
   * The widget that the action comes from. By default the newest of the thread that can send it, or the page
   * itself if there is none.
   */
  sender?: SenderChoice;
  /** Headers of this request only. */
  headers?: Record<string, string>;
  /** The metadata of the request envelope: `ctx.metadata`. */
  metadata?: Record<string, unknown>;
}

/** An action as a test specifies it. */
interface NamedAction {
  action: string | Pick<ActionDefinition, 'action'>;
  payload: unknown;
  sync: boolean;
}

/** The action as the page sends it: with its widget, and the widget's signature for it. */
export function sending(
  items: readonly VisibleItem[],
  { action, payload, sync }: NamedAction,
  { sender: choice }: ActionOptions,
): { request: ActionRequest; itemId: string | undefined } {
  const request = { type: typeof action === 'string' ? action : action.action, payload };
  const sender = findSender(items, request, { sync, choice });
  const signature = signatureIn(sender && sentAction(sender.widget, request, { sync })?.config.payload);
  const signed =
    signature === undefined || !isRecord(payload) || Object.hasOwn(payload, SIGNATURE)
      ? request
      : { ...request, payload: { ...payload, [SIGNATURE]: signature } };
  return { request: signed, itemId: sender?.id };
}
