import type { BootFault } from '../errors';
import type { HandlerDefinition } from '../metadata';
import { containerFaults } from './check-container';
import { checkControllers } from './check-controllers';
import { enhancerFaults } from './check-enhancers';
import { parameterFaults } from './check-parameters';
import { payloadFaults } from './check-payload';
import { signingFaults } from './check-signing';
import { checkTables } from './check-tables';
import type { RoutingOptions } from '../routing';
import { WidgetCheck, type WidgetExample } from './widgets';

export interface CheckOptions extends RoutingOptions {
  /** Widgets whose actions must all have their handlers. */
  readonly widgets?: readonly WidgetExample[] | undefined;
}

/** Explores all controllers and collects everything that is wrong with them, and with the widgets that call them. */
export function checkApplication(options: CheckOptions): {
  definitions: readonly HandlerDefinition[];
  faults: readonly BootFault[];
  widgetCheck: WidgetCheck;
} {
  const { definitions, faults } = checkControllers(options);
  const widgetCheck = new WidgetCheck(definitions, options);
  return {
    definitions,
    widgetCheck,
    faults: [
      ...faults,
      ...containerFaults(options.container),
      ...definitions.flatMap((definition) => [
        ...parameterFaults(definition),
        ...payloadFaults(definition),
        ...signingFaults(definition, options),
      ]),
      ...enhancerFaults(definitions, options),
      ...checkTables(definitions),
      ...widgetCheck.report(options.widgets ?? []).faults,
    ],
  };
}
