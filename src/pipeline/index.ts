export { completeItem, now } from './complete';
export { deliver, Delivery } from './delivery';
export { Gate } from './gate';
export { changeWidget, saveItem } from './persist';
export { EVENTS_PER_TURN, pull } from './pull';
export { Run } from './run';
export type { RunPlan, RunSettings } from './run';
export type { EventSink } from './sink';
export { saveThreadChanges, ThreadWatch } from './thread-watch';
