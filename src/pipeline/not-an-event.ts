import type { RunContext } from '../context';
import { DeveloperError } from '../errors';
import { isItemType } from '../protocol';

/** The error for a handler that returned or yielded something else, with the fix. */
export function notAnEvent(value: unknown, ctx: RunContext): DeveloperError {
  const action = ctx.action === null ? '' : ` for the action ${JSON.stringify(ctx.action.type)}`;
  const { what, fix } = describe(value);
  return new DeveloperError(
    'not_an_event',
    `${ctx.where ?? 'A handler'} returned or yielded ${what}${action}, which is not an event.`,
    fix,
  );
}

function describe(value: unknown): { what: string; fix: string } {
  if (typeof value === 'string') {
    return { what: 'text', fix: 'Put it into a message: assistantMessage(…).' };
  }
  const fix = 'Yield what an event helper returns, such as assistantMessage(), widget() or replace().';
  if (typeof value !== 'object' || value === null) return { what: `a ${typeof value}`, fix };
  const type = 'type' in value && typeof value.type === 'string' ? value.type : undefined;
  if (type === undefined) return { what: `an object with the keys [${Object.keys(value).join(', ')}]`, fix };
  if (isItemType(type)) return { what: `an item of type "${type}"`, fix: 'Wrap it in done(…).' };
  // Only the types of components begin with a capital letter.
  if (/^[A-Z]/.test(type)) return { what: `the widget component ${type}`, fix: 'Wrap it in widget(…).' };
  return { what: `an object of type ${JSON.stringify(type)}`, fix };
}
