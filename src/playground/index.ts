// For the published types: since TypeScript 6, no @types package is loaded automatically.
/// <reference types="node" preserve="true" />
export type { Chat, Entity, EntityContext, PlaygroundOptions, PlaygroundUser } from './options';
export { playground } from './playground';
export type { Playground } from './playground';
