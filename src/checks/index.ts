export { checkApplication } from './check-application';
export type { CheckOptions } from './check-application';
export { serverActions } from './widgets';
export type {
  ActionPlace,
  CheckedAction,
  CheckReport,
  UnusedPattern,
  WidgetCheck,
  WidgetExample,
} from './widgets';
