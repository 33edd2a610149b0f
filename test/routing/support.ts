import { OnMessage, ChatController } from '../../src/decorators';
import { StartupError, type StartupProblem } from '../../src/errors';
import type { Class } from '../../src/metadata';
import { buildHandlers, type Handlers } from '../../src/app/handlers';
import type { CheckOptions } from '../../src/checks';
import type { DispatchTable } from '../../src/routing';

/** The responder that every application needs. */
@ChatController()
export class Responder {
  @OnMessage()
  reply(): void {
    // answers nothing
  }
}

export function tableOf(
  controllers: readonly (Class | object)[],
  options: Partial<CheckOptions> = {},
): DispatchTable & Handlers {
  const handlers = buildHandlers({
    mode: 'production',
    unknownFields: 'drop',
    controllers: [...controllers, Responder],
    ...options,
  });
  return Object.freeze({ ...handlers.table, ...handlers });
}

/** All problems of an application with these controllers; none when it starts. */
export function problemsOf(
  controllers: readonly (Class | object)[],
  options: Partial<CheckOptions> = {},
): readonly StartupProblem[] {
  try {
    tableOf(controllers, options);
    return [];
  } catch (error) {
    if (error instanceof StartupError) return error.problems;
    throw error;
  }
}

/** Problems as `code at where`. */
export function summary(problems: readonly StartupProblem[]): string[] {
  return problems.map(({ code, where }) => `${code} at ${where}`);
}
