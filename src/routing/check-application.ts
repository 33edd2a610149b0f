import type { BootFault } from '../errors';
import type { HandlerDefinition } from '../metadata';
import { checkControllers } from './check-controllers';
import { enhancerFaults } from './check-enhancers';
import { parameterFaults } from './check-parameters';
import { payloadFaults } from './check-payload';
import { checkTables } from './check-tables';
import type { RoutingOptions } from './options';

/** Explores all controllers and collects everything that is wrong with them. */
export function checkApplication(options: RoutingOptions): {
  definitions: readonly HandlerDefinition[];
  faults: readonly BootFault[];
} {
  const { definitions, faults } = checkControllers(options);
  return {
    definitions,
    faults: [
      ...faults,
      ...definitions.flatMap((definition) => [...parameterFaults(definition), ...payloadFaults(definition)]),
      ...enhancerFaults(definitions, options),
      ...checkTables(definitions),
    ],
  };
}
