export { testChat } from './create-test-chat';
export { describeWidget, looksLike } from './find-sender';
export type { SenderChoice, SenderLooks } from './find-sender';
export type { RunOptions, TestChatOptions, TestClientOptions, TestTime, TestUser } from './options';
export type { ChatResult } from './result';
export { ChatRunError } from './run-error';
export type { ActionOptions } from './sent-request';
export type { TestChat } from './test-chat';
