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

/** What `expect(result)` has when `chatMatchers` extend it. */
export interface ChatMatchers<R = void> {
  /** One of the assistant's messages is this text, or matches this pattern. */
  toHaveSaid(text: ExpectedText): R;
  /**
   * An item was replaced in its place: this one, if one is given, and by this content, if it is given.
   * Of the content only the fields that are named are compared.
   */
  toHaveReplaced(item?: ExpectedItem, content?: unknown): R;
  /** A client effect of this name was sent, with this data, if it is given. */
  toHaveEffect(name: string, data?: unknown): R;
  /** A hidden item was stored, with this content, if it is given. */
  toHaveHiddenContext(content?: unknown): R;
}

type MatcherFunctions = {
  [K in keyof ChatMatchers]: (received: unknown, ...expected: Parameters<ChatMatchers[K]>) => Claim;
};

/**
 * Matchers for the results of a `testChat`, for Jest and for Vitest. What they say when they fail shows
 * what did happen.
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
  throw new TypeError(`Give the result of chat.send(), chat.action() and the like; this is ${got}.`);
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- Jest and Vitest look for matchers of others here
  namespace jest {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars -- as theirs
    interface Matchers<R, T = {}> extends ChatMatchers<R> {}
  }
}
