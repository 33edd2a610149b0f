export type { AttachmentService, IncomingUpload } from './attachment-service';
export { ChatKitApp } from './chat-kit-app';
export type { BodyLimits, HttpSettings, Incoming } from './chat-kit-app';
export type { Exchange } from './exchange';
export { createChatKit } from './create-chat-kit';
export type { ChatKitOptions, CorsOptions, NeededContext, ThreadOptions } from './options';
export { OutsideChat, OutsideThread } from './outside-chat';
