import { RunContext } from '../context';

/** Whether the app's `mode` is development: then silent mistakes are logged. */
export function isDevelopment(ctx: unknown): boolean {
  return ctx instanceof RunContext && ctx.services.check === true;
}
