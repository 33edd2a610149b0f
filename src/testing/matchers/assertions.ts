import { AssertionError } from 'node:assert';
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

/*
 * For node:test, and all that has no `expect`. What they throw shows what did happen.
 */

/**
 * One of the assistant's messages is this text, or matches this pattern.
 *
 * @throws AssertionError
 * @example assertSaid(await chat.send('hello'), /^Hello/);
 */
export function assertSaid(result: ChatResult, text: ExpectedText): void {
  assert(said(result, text));
}

/**
 * An item was replaced in its place: this one, if one is given, and by this content, if it is given. Of
 * the content only the fields that are named are compared.
 *
 * @throws AssertionError
 * @example assertReplaced(result, { title: 'Order A-17' }, { type: 'Card' });
 */
export function assertReplaced(result: ChatResult, item?: ExpectedItem, content?: unknown): void {
  assert(replaced(result, item, content));
}

/**
 * A client effect of this name was sent, with this data, if it is given.
 *
 * @throws AssertionError
 * @example assertEffect(result, 'selection_mode', { itemId: 'a' });
 */
export function assertEffect(result: ChatResult, name: string, data?: unknown): void {
  assert(hasEffect(result, name, data));
}

/**
 * A hidden item was stored, with this content, if it is given.
 *
 * @throws AssertionError
 * @example assertHiddenContext(result, /SELECTED/);
 */
export function assertHiddenContext(result: ChatResult, content?: unknown): void {
  assert(hasHiddenContext(result, content));
}

function assert({ pass, message }: Claim): void {
  if (!pass) throw new AssertionError({ message: message() });
}
