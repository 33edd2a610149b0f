export { buildDispatchTable } from './dispatch-table';
export type { DispatchTable } from './dispatch-table';
export { controllerClass, explore } from './explore';
export type { ControllerDefinition } from './explore';
export type { RoutingOptions } from './options';
export { parsePattern, patternProblem, patternText, quotedPattern } from './pattern';
export { PatternTable } from './pattern-table';
export type { ResponderChoice } from './responder-table';
export { Tables } from './tables';
