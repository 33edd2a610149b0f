export { buildDispatchTable } from './dispatch-table';
export type { DispatchTable } from './dispatch-table';
export type { RoutingOptions } from './options';
export type { ResponderChoice } from './responder-table';
export type { RouteInfo } from './route-info';
export type { JsonSchema } from './catalogue/json-schema';
