// Said to the published types: since TypeScript 6 no package of @types is loaded by itself.
/// <reference types="node" preserve="true" />
export { chatkit, type ChatKitListener, type ListenerOptions } from './node-adapter';
