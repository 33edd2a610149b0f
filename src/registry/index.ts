export type { JsonSchema } from './json-schema';
export { describeHandlers } from './route-info';
export type { RouteInfo } from './route-info';
