import { isPromise } from '../../store';
import type { ChatResult } from '../chat';
import {
  hasEffect,
  hasHiddenContext,
  replaced,
  said,
  type Claim,
  type ExpectedItem,
  type ExpectedText,
} from './claims';

/** The matchers of `expect(result)` after `expect.extend(chatMatchers)`. */
export interface ChatMatchers<R = void> {
  /** One of the assistant's messages is this text, or matches this pattern. */
  toHaveSaid(text: ExpectedText): R;
  /**
   * An item was replaced in place: this item, if given, with this content, if given. Only the given fields of
   * the content are compared.
   */
  toHaveReplaced(item?: ExpectedItem, content?: unknown): R;
  /** A client effect of this name was sent, with this data, if given. */
  toHaveEffect(name: string, data?: unknown): R;
  /** A hidden item was stored, with this content, if given. */
  toHaveHiddenContext(content?: unknown): R;
}

type MatcherFunctions = {
  [K in keyof ChatMatchers]: (received: unknown, ...expected: Parameters<ChatMatchers[K]>) => Claim;
};

/**
 * Matchers for the results of `testChat`, for Jest and Vitest. Their failure messages show what happened
 * instead.
 *
 * @example
 * import { chatMatchers } from 'chatkit-controllers/testing';
 * expect.extend(chatMatchers); // in a setup file
 *
 * expect(await chat.action(selectItem, { id: 'a' })).toHaveSaid('Selected a.');
 */
export const chatMatchers: MatcherFunctions = Object.freeze({
  toHaveSaid: (received, text) => said(resultIn(received), text),
  toHaveReplaced: (received, item, content) => replaced(resultIn(received), item, content),
  toHaveEffect: (received, name, data) => hasEffect(resultIn(received), name, data),
  toHaveHiddenContext: (received, content) => hasHiddenContext(resultIn(received), content),
} satisfies MatcherFunctions);

function resultIn(received: unknown): ChatResult {
  if (typeof received === 'object' && received !== null && 'hiddenContext' in received) {
    return received as ChatResult;
  }
  const got = isPromise(received) ? 'a promise: await it' : `a value of type ${typeof received}`;
  throw new TypeError(`Pass the result of chat.send(), chat.action() or another method; this is ${got}.`);
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- Jest and Vitest read custom matchers from here
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars -- as in their types
    interface Matchers<R, T = {}> extends ChatMatchers<R> {}
  }
}
