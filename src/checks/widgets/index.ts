export type { ActionPlace } from './check-action';
export type { WidgetExample } from './examples';
export { serverActions } from './server-actions';
export { WidgetCheck } from './widget-check';
export type { CheckedAction, CheckReport, UnusedPattern } from './widget-check';
