import { str } from './print';
import { Markup, type Value } from './values';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  "'": '&#39;',
  '"': '&#34;',
};

/** The text with HTML's special characters escaped, unless it is marked as safe. */
export const escapeHtml = (value: Value): string =>
  value instanceof Markup
    ? value.text
    : str(value).replace(/[&<>'"]/g, (character) => ENTITIES[character] ?? '');
