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
 * For node:test and other runners without `expect`. Their errors show what happened instead.
 */

/**
 * Asserts that one of the assistant's messages is this text, or matches this pattern.
 *
 * @throws AssertionError
 * @example assertSaid(await chat.send('hello'), /^Hello/);
 */
export function assertSaid(result: ChatResult, text: ExpectedText): void {
  assert(said(result, text));
}

/**
 * Asserts that an item was replaced in place: this item, if given, with this content, if given. Only the
 * given fields of the content are compared.
 *
 * @throws AssertionError
 * @example assertReplaced(result, { title: 'Order A-17' }, { type: 'Card' });
 */
export function assertReplaced(result: ChatResult, item?: ExpectedItem, content?: unknown): void {
  assert(replaced(result, item, content));
}

/**
 * Asserts that a client effect of this name was sent, with this data, if given.
 *
 * @throws AssertionError
 * @example assertEffect(result, 'selection_mode', { itemId: 'a' });
 */
export function assertEffect(result: ChatResult, name: string, data?: unknown): void {
  assert(hasEffect(result, name, data));
}

/**
 * Asserts that a hidden item was stored, with this content, if given.
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
