export {
  added,
  assistantMessage,
  clientEffect,
  done,
  error,
  hiddenContext,
  notice,
  progress,
  remove,
  replace,
  updated,
} from './items';
export type { AssistantMessageOptions } from './items';
export { endOfTurn, image } from './media';
export { assistantMessageStream } from './messages';
export { clientToolCall, respond, structuredInput } from './requests';
export { streamWidget, widget } from './widgets';
export type { StreamWidgetOptions, WidgetOptions } from './widgets';
export { streamWorkflow, task, workflow } from './workflows';
export type { WorkflowOptions } from './workflows';
