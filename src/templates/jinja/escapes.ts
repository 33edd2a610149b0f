/** A comment, or a tag with its texts. */
const TAG = /\{#[^]*?#\}|\{[{%](?:"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'|[^"'])*?[%}]\}/g;
const TEXT = /"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'/g;
const ESCAPE = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U([\da-fA-F]{8})|([0-7]{1,3})|[^])/g;

/**
 * The lexer refuses escapes that it does not know. Python has some more, and leaves a backslash
 * before anything else as it is.
 */
export function withKnownEscapes(source: string): string {
  if (!source.includes('\\')) return source;
  return source.replace(TAG, (tag) =>
    tag.startsWith('{#') ? tag : tag.replace(TEXT, (text) => text.replace(ESCAPE, knownEscape)),
  );
}

function knownEscape(whole: string, long: string | undefined, octal: string | undefined): string {
  if (long !== undefined) return unicodeEscapes(String.fromCodePoint(parseInt(long, 16)));
  if (octal !== undefined) return unicodeEscapes(String.fromCharCode(parseInt(octal, 8)));
  if (whole === '\\a') return '\\x07';
  if (whole === '\\\n') return '';
  return whole.length > 2 || 'ntrbfv\'"\\'.includes(whole.charAt(1)) ? whole : `\\${whole}`;
}

const unicodeEscapes = (text: string): string =>
  text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
