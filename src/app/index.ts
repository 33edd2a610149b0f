export type { AttachmentService, IncomingUpload } from './attachment-service';
export { SERVED } from './chat-kit-app';
export type { ChatKitApp } from './chat-kit-app';
export { createChatKit, toApp } from './create-chat-kit';
export type { ChatKitOptions, CorsOptions, NeededContext, ThreadOptions } from './options';
export { OutsideChat, OutsideThread } from './outside-chat';
export type { BodyLimits, HttpSettings } from './app-parts';
export type { Exchange, ServedApp } from './served-app';
