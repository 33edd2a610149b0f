export type { Chat, Entity, EntityContext, PlaygroundOptions, PlaygroundUser } from './options';
export { playground } from './playground';
export type { Playground } from './playground';
