import type { StartupProblem } from '../errors';
import type { HandlerDefinition } from '../metadata';
import { containerProblems } from './check-container';
import { checkControllers } from './check-controllers';
import { enhancerProblems } from './check-enhancers';
import { parameterProblems } from './check-parameters';
import { payloadProblems } from './check-payload';
import { signingProblems } from './check-signing';
import { checkTables } from './check-tables';
import type { RoutingOptions } from '../routing';
import { WidgetCheck, type WidgetExample } from './widgets';

export interface CheckOptions extends RoutingOptions {
  /** Widgets whose actions must all have handlers. */
  readonly widgets?: readonly WidgetExample[] | undefined;
}

/** Scans all controllers and collects every problem of the controllers and of the widgets that call them. */
export function checkApplication(options: CheckOptions): {
  definitions: readonly HandlerDefinition[];
  problems: readonly StartupProblem[];
  widgetCheck: WidgetCheck;
} {
  const { definitions, problems } = checkControllers(options);
  const widgetCheck = new WidgetCheck(definitions, options);
  return {
    definitions,
    widgetCheck,
    problems: [
      ...problems,
      ...containerProblems(options.container),
      ...definitions.flatMap((definition) => [
        ...parameterProblems(definition),
        ...payloadProblems(definition),
        ...signingProblems(definition, options),
      ]),
      ...enhancerProblems(definitions, options),
      ...checkTables(definitions),
      ...widgetCheck.report(options.widgets ?? []).problems,
    ],
  };
}
