import type { ActionRequest, ThreadItem, WidgetComponent } from '../protocol';

/** The widget for which signatures are valid. */
export interface WidgetPlace {
  readonly owner: string;
  readonly threadId: string;
  readonly itemId: string;
}

/** The content of a valid signature. */
export interface Signature {
  /** The payload fields that are unchanged since they were signed. */
  readonly fields: readonly string[];
  /** Expiry in milliseconds since the epoch; `undefined` means never. */
  readonly expiresAt: number | undefined;
}

/** Signs the actions of widgets before they are sent, and verifies them when they come back. */
export interface WidgetSigner {
  /** Returns the component with its marked actions signed, or the same component if none is marked. */
  sign<T extends WidgetComponent>(component: T, place: WidgetPlace): T;
  /** Verifies the signature in an action's payload. */
  verify(action: ActionRequest, place: WidgetPlace): Signature | 'invalid' | 'expired';
}

/** Returns the item with the marked actions of its widget signed, ready to store and send. */
export function signItem<T extends ThreadItem>(item: T, signer: WidgetSigner | undefined, owner: string): T {
  if (signer === undefined || item.type !== 'widget') return item;
  const { id: itemId, thread_id: threadId, widget } = item;
  const signed = signer.sign(widget, { owner, threadId, itemId });
  return signed === widget ? item : { ...item, widget: signed };
}
