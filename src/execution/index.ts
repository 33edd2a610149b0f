export { buildHandler, buildRefusal } from './build-handler';
export type { Refusal } from './build-handler';
export { disposeContainer } from './container';
export { enhancerName, isEnhancerClass } from './enhancers';
export type { EnhancerLike, EnhancerMethod } from './enhancers';
export { assistantMessageFilter, errorEventFilter, toErrorEvent } from './filters';
export type { Handler, Observe } from './handler';
export type { ExecutionOptions } from './options';
export { payloadParam, payloadTypeOf } from './payload-type';
