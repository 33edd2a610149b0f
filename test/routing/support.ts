import { OnMessage, ChatController } from '../../src/decorators';
import { BootError, type BootFault } from '../../src/errors';
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

/** All faults of an application with these controllers; none when it boots. */
export function faultsOf(
  controllers: readonly (Class | object)[],
  options: Partial<CheckOptions> = {},
): readonly BootFault[] {
  try {
    tableOf(controllers, options);
    return [];
  } catch (error) {
    if (error instanceof BootError) return error.faults;
    throw error;
  }
}

/** Faults as `code at where`. */
export function summary(faults: readonly BootFault[]): string[] {
  return faults.map(({ code, where }) => `${code} at ${where}`);
}
