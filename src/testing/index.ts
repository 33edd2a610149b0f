// The public API of the test kit; each export is documented where it is defined.
export { ChatRunError, testChat } from './chat';
export type {
  ActionOptions,
  ChatResult,
  RunOptions,
  SenderChoice,
  SenderLooks,
  TestChat,
  TestChatOptions,
  TestClientOptions,
  TestTime,
  TestUser,
} from './chat';
export { countedIds } from './counted-ids';
export { assertEffect, assertHiddenContext, assertReplaced, assertSaid, chatMatchers } from './matchers';
export type { ChatMatchers, Claim, ExpectedItem, ExpectedText } from './matchers';
export type { LogLine } from './recorded-log';
export { storeContract } from './store-contract';
export type { ContractCase } from './store-contract';
export { failingStore, interfere } from './stores';
export type {
  FailingCalls,
  FailingStoreOptions,
  Interference,
  InterferedStore,
  StoreCall,
  StoreFailures,
  StoreMethod,
} from './stores';
export { ChatKitClientError } from '../client';
