import { createHash } from 'node:crypto';
import type { Button, RunContext, Signature } from '../context';
import { canonicalJson, namesAndValues, withoutSignature, type WidgetAction } from '../widgets';

/** How long a use is kept after the button's signature has expired, in ms; allows for clock differences. */
const MARGIN = 24 * 3_600_000;

/**
 * Identifies the button that an action comes from: by its signed fields; else by the payload that the
 * widget contains, so that different form input does not count as another button; else by the whole
 * received payload.
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
