import { RunContext } from '../context';

/** Whether what would pass silently is to be logged: the app's `mode`. */
export function isDevelopment(ctx: unknown): boolean {
  return ctx instanceof RunContext && ctx.services.check === true;
}
