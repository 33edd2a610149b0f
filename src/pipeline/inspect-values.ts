import type { EventDraft, RunContext } from '../context';
import { DeveloperError } from '../errors';
import { silentlyChanged, type ThreadStreamEvent } from '../protocol';

/** The warnings that each application has had. Data differs from event to event, but its paths hardly do. */
const told = new WeakMap<object, Set<string>>();
const MAX_WARNINGS = 200;

/** In development: warns once of each value in an event that JSON changes silently. */
export function inspectValues(draft: EventDraft | ThreadStreamEvent, ctx: RunContext): void {
  if (ctx.services.check !== true) return;
  const seen = told.get(ctx.services) ?? new Set<string>();
  told.set(ctx.services, seen);
  for (const { path, what } of silentlyChanged(draft)) {
    const key = [ctx.where, draft.type, path.replaceAll(/\d+/g, '*'), what].join(' ');
    if (seen.has(key) || seen.size >= MAX_WARNINGS) continue;
    seen.add(key);
    ctx.log.warn(
      { code: 'not_json', event: draft.type, path },
      `The event "${draft.type}" of ${ctx.where ?? 'a handler'} changes when it is written as JSON: \`${path}\` is ${what}.`,
    );
  }
}

/** Adds the event and its handler to the error of a value that JSON cannot represent. */
export function inEvent(error: unknown, { type }: EventDraft, ctx: RunContext): unknown {
  if (!(error instanceof DeveloperError) || error.code !== 'not_json') return error;
  const problem = error.message.slice(0, -error.fix.length).trimEnd();
  return new DeveloperError(
    'not_json',
    `The event "${type}" of ${ctx.where ?? 'a handler'}: ${problem}`,
    error.fix,
    {
      cause: error.cause,
    },
  );
}
