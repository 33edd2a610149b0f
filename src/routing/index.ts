export { buildDispatchTable } from './dispatch-table';
export type { DispatchTable } from './dispatch-table';
export type { RoutingOptions } from './options';
export type { ResponderChoice } from './responder-table';
export type { RouteInfo } from './route-info';
export type { JsonSchema } from './catalogue/json-schema';
export { serverActions } from './widget-check';
export type {
  ActionPlace,
  CheckedAction,
  CheckReport,
  UnusedPattern,
  WidgetCheck,
  WidgetExample,
} from './widget-check';
