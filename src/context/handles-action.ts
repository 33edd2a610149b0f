import type { ChatContext } from './chat-context';
import { RunContext } from './run-context';

/** Whether the application has a streaming handler for an action; `undefined` where that is not known. */
export function handlesAction(ctx: ChatContext, name: string): boolean | undefined {
  return ctx instanceof RunContext ? ctx.services.handlesAction?.(name) : undefined;
}
