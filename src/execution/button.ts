import { createHash } from 'node:crypto';
import type { Button, RunContext, Signature } from '../context';
import { canonicalJson, namesAndValues, withoutSignature, type WidgetAction } from '../widgets';

/** How long a use is remembered after its button's signature has expired: clocks differ. */
const MARGIN = 24 * 3_600_000;

/**
 * Which button of which widget an action comes from: told by what was signed, else by the payload that
 * the widget gives it, so that other values in a form do not make another button; else by the whole
 * payload.
 */
export function buttonOf(
  ctx: RunContext,
  signature: Signature | undefined,
  sent: WidgetAction | undefined,
): Button {
  const payload = withoutSignature(ctx.action?.payload);
  if (signature !== undefined) {
    const { fields, expiresAt } = signature;
    return {
      key: keyOf(ctx, 'signed', namesAndValues(payload, [...fields].sort())),
      expiresAt: expiresAt === undefined ? undefined : expiresAt + MARGIN,
    };
  }
  const whole = keyOf(ctx, 'payload', payload);
  if (sent === undefined) return { key: whole };
  return { key: keyOf(ctx, 'button', withoutSignature(sent.config.payload)), alias: whole };
}

function keyOf(ctx: RunContext, by: 'signed' | 'payload' | 'button', data: unknown): string {
  const text = canonicalJson([ctx.threadId, ctx.sender?.id ?? null, ctx.action?.type, by, data ?? null]);
  return `once/${createHash('sha256').update(text).digest('base64url')}`;
}
