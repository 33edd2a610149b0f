import type { RunContext, Signature } from '../context';
import { ForbiddenError } from '../errors';
import type { HandlerDefinition } from '../metadata';
import type { ActionRequest } from '../protocol';
import { sentAction, signatureIn, whyNotSent, withoutSignature, type WidgetAction } from '../widgets';
import { buttonOf } from './button';
import type { ExecutionOptions } from './options';

/** Logged for an action that its widget cannot have sent: often the page itself sends it. */
const FROM_WIDGET_ONLY =
  'Send the action as the widget contains it, with the `item_id` of the widget. If the page itself sends this action, allow that: @OnAction(…, { fromWidgetOnly: false }).';

/** Checks where an action comes from, before the guards run. Throws, or stores the result in the context. */
export type CheckOrigin = (ctx: RunContext) => void;

/**
 * Builds the origin checks that the handler and the app ask for: the action's signature, and whether
 * its widget can send it. The check removes the signature from the payload.
 *
 * @returns `undefined` if there is nothing to check
 */
export function originCheck(
  definition: HandlerDefinition,
  options: ExecutionOptions,
): CheckOrigin | undefined {
  const { kind, signed, once, fromWidgetOnly = options.actionsFromWidgetOnly } = definition.declaration;
  if (kind !== 'action' && kind !== 'sync_action') return undefined;
  if (options.signing !== true && fromWidgetOnly !== true && once !== true) return undefined;
  const sync = kind === 'sync_action';

  return (ctx) => {
    if (ctx.action === null) return;
    const received = ctx.action;
    const signature = options.signing === true ? takeSignature(received, ctx) : undefined;
    if (signed !== undefined && signed !== false) assertSigned(signed, signature, ctx);

    let sent: WidgetAction | undefined;
    if (fromWidgetOnly === true || (once === true && signature === undefined)) {
      sent = ctx.sender === null ? undefined : sentAction(ctx.sender.widget, received, { sync });
    }
    if (fromWidgetOnly === true) assertSent(sent, received, ctx, sync);
    if (once === true) ctx.button = { ...buttonOf(ctx, signature, sent), claimed: false };
  };
}

/** Verifies the signature, if there is one, and removes it from the payload. */
function takeSignature(action: ActionRequest, ctx: RunContext): Signature | undefined {
  const text = signatureIn(action.payload);
  const { signer } = ctx.services;
  if (text === undefined || signer === undefined) return undefined;
  ctx.action = { type: action.type, payload: withoutSignature(action.payload) };
  // Without a sender every signature is invalid: no item has the id ''.
  const place = { owner: ctx.owner, threadId: ctx.threadId, itemId: ctx.sender?.id ?? '' };
  const verdict = signer.verify(action, place);
  if (verdict === 'invalid') {
    throw refusal(ctx, 'signature_invalid', 'This button is not valid here.', 'the signature does not match');
  }
  if (verdict === 'expired') {
    throw refusal(ctx, 'signature_expired', 'This button has expired.', 'the signature has expired');
  }
  ctx.signed = verdict.fields;
  return verdict;
}

function assertSigned(
  wanted: true | readonly string[],
  signature: Signature | undefined,
  ctx: RunContext,
): void {
  const fields = signature?.fields ?? [];
  const missing = wanted === true ? [] : wanted.filter((field) => !fields.includes(field));
  if (signature !== undefined && missing.length === 0) return;
  const reason =
    signature === undefined
      ? 'it has no signature: it is forged, or the widget does not use `sign`'
      : `its signature does not cover ${missing.join(', ')}`;
  throw refusal(ctx, 'signature_missing', 'This action is accepted from signed buttons only.', reason);
}

function assertSent(
  sent: WidgetAction | undefined,
  received: ActionRequest,
  ctx: RunContext,
  sync: boolean,
): void {
  // If the widget signs this action, an unsigned one does not come from it.
  const leftOut =
    signatureIn(sent?.config.payload) !== undefined && signatureIn(received.payload) === undefined;
  if (sent !== undefined && !leftOut) return;
  throw refusal(
    ctx,
    'action_not_in_widget',
    'The widget that this came from has no such button.',
    ctx.sender === null
      ? 'the request names no widget by `item_id`'
      : whyNotSent(ctx.sender.widget, received, { sync }),
    FROM_WIDGET_ONLY,
  );
}

/** Logs the refusal and returns its error. The payload is not logged, since it is the user's data. */
function refusal(
  ctx: RunContext,
  code: string,
  message: string,
  reason: string,
  fix?: string,
): ForbiddenError {
  ctx.log.warn(
    {
      action: ctx.action?.type,
      threadId: ctx.threadId,
      itemId: ctx.sender?.id,
      code,
      reason,
      ...(fix === undefined ? {} : { fix }),
    },
    'an action was refused',
  );
  return new ForbiddenError(message, { code });
}
