// For the published types: since TypeScript 6, packages of @types are not loaded automatically.
/// <reference types="node" preserve="true" />
export { answerOnNode, belowPath, chatkit, isRoot, NodeAdapter, withoutOrigin } from './node-adapter';
export type { ChatKitListener, ListenerOptions } from './node-adapter';
