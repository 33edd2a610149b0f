import { Observable } from 'rxjs';
import { observed, type EventDraft, type Observation, type RunContext, type Telemetry } from '../context';
import { shortName } from '../protocol';
import type { RunGuard } from './enhancers';
import type { Handler } from './handler';

/*
 * Wrappers that report a handler to the app's telemetry. They are added at startup, only if the app has
 * telemetry.
 */

/** Observes a handler's stream from its guards to its last event; it runs in the observation's context. */
export function observedStream(
  stream: Handler['stream'],
  where: string,
  telemetry: Telemetry,
): Handler['stream'] {
  return (ctx, observe, toEvents) =>
    new Observable<EventDraft>((subscriber) => {
      const observation = begin(ctx, where, telemetry);
      const outer = ctx.observation;
      ctx.observation = observation;
      let isOver = false;
      const end = (failure?: unknown): void => {
        if (isOver) return;
        isOver = true;
        ctx.observation = outer;
        observation.end(failure);
      };
      const events = observation.run(() =>
        stream(ctx, observe, toEvents).subscribe({
          // Processing an event belongs to the request, not to the handler.
          next: (event) => ctx.lifetime.run(() => subscriber.next(event)),
          error: (error: unknown) => {
            end(error);
            ctx.run(() => subscriber.error(error));
          },
          complete: () => {
            end();
            ctx.run(() => subscriber.complete());
          },
        }),
      );
      return () => {
        observation.run(() => events.unsubscribe());
        end();
      };
    });
}

/** The same for a handler that returns one value. */
export function observedCall(call: Handler['call'], where: string, telemetry: Telemetry): Handler['call'] {
  return async (ctx, input) => {
    const observation = begin(ctx, where, telemetry);
    try {
      const result = await observation.run(() => call(ctx, input));
      observation.end();
      return result;
    } catch (error) {
      observation.end(error);
      throw error;
    }
  };
}

function begin(ctx: RunContext, where: string, telemetry: Telemetry): Observation {
  const { action } = ctx;
  return telemetry.begin({
    kind: 'handler',
    where,
    action: action === null ? undefined : shortName(action.type),
  });
}

/** Observes all guards of a handler as one. */
export function observedGuard(
  pass: (ctx: RunContext) => Promise<void>,
  where: string,
  telemetry: Telemetry,
): RunGuard {
  return async (ctx) => {
    await observed(telemetry, { kind: 'guards', where }, () => pass(ctx));
    return true;
  };
}

/** Synchronous or asynchronous, like the validation itself. */
export function observedValidation(
  validate: (payload: unknown, ctx: RunContext) => unknown,
  where: string,
  telemetry: Telemetry,
): (payload: unknown, ctx: RunContext) => unknown {
  return (payload, ctx) => observed(telemetry, { kind: 'validation', where }, () => validate(payload, ctx));
}
