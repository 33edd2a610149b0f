import type { ActionRequest, ThreadItem, WidgetComponent } from '../protocol';

/** Where a widget stands: the place for which its signatures are good. */
export interface WidgetPlace {
  readonly owner: string;
  readonly threadId: string;
  readonly itemId: string;
}

/** What a valid signature says. */
export interface Signature {
  /** The fields of the payload that are as they were signed. */
  readonly fields: readonly string[];
  /** In milliseconds since the epoch; never by default. */
  readonly expiresAt: number | undefined;
}

/** Signs the actions of widgets that leave the server, and checks them when they come back. */
export interface WidgetSigner {
  /** The component with its marked actions signed; the component itself where none is marked. */
  sign<T extends WidgetComponent>(component: T, place: WidgetPlace): T;
  /** What the signature in an action's payload is worth. */
  verify(action: ActionRequest, place: WidgetPlace): Signature | 'invalid' | 'expired';
}

/** An item as it may be stored and sent: with the marked actions of its widget signed. */
export function signItem<T extends ThreadItem>(item: T, signer: WidgetSigner | undefined, owner: string): T {
  if (signer === undefined || item.type !== 'widget') return item;
  const { id: itemId, thread_id: threadId, widget } = item;
  const signed = signer.sign(widget, { owner, threadId, itemId });
  return signed === widget ? item : { ...item, widget: signed };
}
