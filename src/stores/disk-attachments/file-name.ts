// eslint-disable-next-line no-control-regex -- they are the characters to remove
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * Cleans a name for display. Files are never stored under it, but other programs may save one under it. So
 * the result has no folders, no control characters and no characters that change the text direction.
 */
export function cleanName(given: string): string {
  // The round trip through bytes replaces lone surrogates, which no header could carry.
  const last = Buffer.from(given).toString().split(/[/\\]/).at(-1) ?? '';
  const name = Array.from(last.replace(CONTROLS, ' ').trim()).slice(0, 255).join('');
  return /^\.*$/.test(name) ? 'file' : name;
}
