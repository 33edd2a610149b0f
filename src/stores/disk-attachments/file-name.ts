// eslint-disable-next-line no-control-regex -- they are what is to be taken out
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * A name to show. Files are never kept under it, but a program that saves one may be less careful: so it has
 * no folders, no control characters, and none that turn the direction of writing.
 */
export function cleanName(given: string): string {
  // By way of bytes, which half a surrogate pair does not survive: no header could carry it.
  const last = Buffer.from(given).toString().split(/[/\\]/).at(-1) ?? '';
  const name = Array.from(last.replace(CONTROLS, ' ').trim()).slice(0, 255).join('');
  return /^\.*$/.test(name) ? 'file' : name;
}
