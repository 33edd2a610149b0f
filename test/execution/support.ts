import { Observable } from 'rxjs';
import {
  RunContext,
  type EventDraft,
  type HandlerResult,
  type Logger,
  type RunContextInit,
} from '../../src/context';
import type { ExecutionOptions, Observe } from '../../src/execution';
import { buildHandler, type Handler } from '../../src/execution';
import type { Class, HandlerDefinition } from '../../src/metadata';
import { explore } from '../../src/routing/explore';
import type { ActionRequest, ThreadMetadata } from '../../src/protocol';
import type { Store } from '../../src/store';

export interface LogLine {
  level: 'debug' | 'info' | 'warn' | 'error';
  details: Record<string, unknown>;
  message: string;
}

/** A logger that keeps what it is told. */
export function recordingLogger(): Logger & { lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: LogLine['level']) => (details: Record<string, unknown>, message: string) => {
    lines.push({ level, details, message });
  };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

export const thread: ThreadMetadata = {
  id: 'thr_1',
  created_at: '2026-01-01T00:00:00.000Z',
  status: { type: 'active' },
  metadata: {},
};

export interface TestContextInit extends Partial<RunContextInit> {
  action?: ActionRequest | null;
  logger?: Logger;
}

/** A context as a request would have it, without a store behind it. */
export function testContext({
  action = null,
  logger = recordingLogger(),
  ...init
}: TestContextInit = {}): RunContext {
  const ctx = new RunContext(
    {
      operation: 'threads.custom_action',
      requestId: 'req_1',
      requestContext: { userId: 'ada' },
      owner: 'ada',
      locale: 'en',
      metadata: {},
      ...init,
    },
    { store: {} as Store, logger, generateId: () => 'id_1' },
  );
  ctx.thread = thread;
  ctx.action = action;
  return ctx;
}

function isIterable(value: unknown): value is Iterable<EventDraft> | AsyncIterable<EventDraft> {
  return (
    typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value)
  );
}

/** The simplest pull there is: no backpressure, every kind of result. */
export const observe: Observe = (start) =>
  new Observable<EventDraft>((subscriber) => {
    const run = async () => {
      const result: HandlerResult = await start();
      if (result instanceof Observable) {
        await (result as Observable<EventDraft>).forEach((event) => subscriber.next(event));
      } else if (isIterable(result)) {
        for await (const event of result) subscriber.next(event);
      } else if (result !== undefined && result !== null) {
        subscriber.next(result as EventDraft);
      }
      subscriber.complete();
    };
    run().catch((error: unknown) => subscriber.error(error));
  });

export const progress = (text: string): EventDraft => ({ type: 'progress_update', text });

/** The texts of the progress updates that a handler yields. */
export async function texts(handler: Handler, ctx: RunContext): Promise<string[]> {
  const seen: string[] = [];
  await handler.stream(ctx, observe).forEach((event) => {
    seen.push(event.type === 'progress_update' ? event.text : event.type);
  });
  return seen;
}

export const defaults: ExecutionOptions = Object.freeze({ mode: 'production', unknownFields: 'drop' });

/** The first handler of a controller, as the scanner finds it. */
export function definitionOf(controller: Class | object, method?: string): HandlerDefinition {
  const { handlers } =
    typeof controller === 'function'
      ? explore(controller as Class)
      : explore(controller.constructor as Class, controller);
  const found = handlers.find((definition) => method === undefined || definition.method === method);
  if (found === undefined) throw new Error('The controller has no such handler.');
  return found;
}

/** The first handler of a controller, built. */
export function handlerOf(
  controller: Class | object,
  options: Partial<ExecutionOptions> = {},
  method?: string,
): Handler {
  return buildHandler(definitionOf(controller, method), { ...defaults, ...options });
}

/** What `work` throws or rejects with. */
export async function failure(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail.');
}
