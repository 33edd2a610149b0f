import { checkApplication, type CheckOptions, type WidgetCheck } from '../checks';
import { StartupError, type StartupProblem } from '../errors';
import { describeHandlers, type RouteInfo } from '../registry';
import { buildDispatchTable, type DispatchTable } from '../routing';
import type { HandlerDefinition } from '../metadata';

/** The handlers of an application, in each form that is needed. */
export interface Handlers {
  readonly definitions: readonly HandlerDefinition[];
  /** Finds the handler of a request. */
  readonly table: DispatchTable;
  /** Checks widgets against the handlers. */
  readonly widgetCheck: WidgetCheck;
  /** Describes the handlers; built on the first call. */
  readonly registry: () => readonly RouteInfo[];
}

/**
 * Finds and checks the handlers of an application, and builds the dispatch table.
 *
 * @param extraProblems problems of the application's other options; listed first
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
