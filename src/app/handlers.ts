import { checkApplication, type CheckOptions, type WidgetCheck } from '../checks';
import { StartupError, type StartupProblem } from '../errors';
import { describeHandlers, type RouteInfo } from '../registry';
import { buildDispatchTable, type DispatchTable } from '../routing';
import type { HandlerDefinition } from '../metadata';

/** The handlers of an application, in the forms in which they are used. */
export interface Handlers {
  /** As they were found. */
  readonly definitions: readonly HandlerDefinition[];
  /** To call them. */
  readonly table: DispatchTable;
  /** To hold widgets against them. */
  readonly widgetCheck: WidgetCheck;
  /** To describe them; made when it is asked for the first time. */
  readonly registry: () => readonly RouteInfo[];
}

/**
 * Finds the handlers of an application, checks and builds them.
 *
 * @param extraProblems what is wrong with the application's other options; listed first
 * @throws StartupError with all problems at once, each with its place and fix
 */
export function buildHandlers(
  options: CheckOptions,
  extraProblems: readonly StartupProblem[] = [],
): Handlers {
  const { definitions, problems, widgetCheck } = checkApplication(options);
  if (extraProblems.length + problems.length > 0) throw new StartupError([...extraProblems, ...problems]);
  let registry: readonly RouteInfo[] | undefined;
  return {
    definitions,
    widgetCheck,
    table: buildDispatchTable(definitions, options),
    registry: () => (registry ??= describeHandlers(definitions, options)),
  };
}
