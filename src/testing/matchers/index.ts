export { assertEffect, assertHiddenContext, assertReplaced, assertSaid } from './assertions';
export { chatMatchers } from './chat-matchers';
export type { ChatMatchers } from './chat-matchers';
export type { Claim, ExpectedItem, ExpectedText } from './claims';
