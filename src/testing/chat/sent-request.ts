import { isRecord, type ActionRequest, type VisibleItem } from '../../protocol';
import { SIGNATURE, sentAction, signatureIn, type ActionDefinition } from '../../widgets';
import { findSender, type SenderChoice } from './find-sender';

/** How an action is sent. */
export interface ActionOptions {
  /**
   * Which widget the action comes from. By default the newest of the thread that can send it, and where
   * there is none the page itself.
   */
  sender?: SenderChoice;
  /** Headers of this request alone. */
  headers?: Record<string, string>;
  /** The envelope's metadata: `ctx.metadata`. */
  metadata?: Record<string, unknown>;
}

/** An action as a test names it. */
interface NamedAction {
  action: string | Pick<ActionDefinition, 'action'>;
  payload: unknown;
  sync: boolean;
}

/** An action as the page sends it: with its widget, and with the signature that the widget has for it. */
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
