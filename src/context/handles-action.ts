import type { ChatContext } from './chat-context';
import { RunContext } from './run-context';

/** Whether the app has a streaming handler for an action; `undefined` if that is unknown. */
export function handlesAction(ctx: ChatContext, name: string): boolean | undefined {
  return ctx instanceof RunContext ? ctx.services.handlesAction?.(name) : undefined;
}
