export { checkApplication } from './check-application';
export type { CheckOptions } from './check-application';
export { nearMiss } from './widgets/near-miss';
export { serverActions } from './widgets';
export type {
  ActionPlace,
  CheckedAction,
  CheckReport,
  UnusedPattern,
  WidgetCheck,
  WidgetExample,
} from './widgets';
