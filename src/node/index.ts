// Said to the published types: since TypeScript 6 no package of @types is loaded by itself.
/// <reference types="node" preserve="true" />
export { answerOnNode, belowPath, chatkit, isRoot, NodeAdapter } from './node-adapter';
export type { ChatKitListener, ListenerOptions } from './node-adapter';
