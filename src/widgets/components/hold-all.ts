/**
 * Handles the rejections of all promises in a discarded value, since an unhandled rejection ends the process.
 * It does not use `holdPromises`, since builders also run in browsers and import nothing.
 */
export function holdAll(value: unknown, seen = new Set()): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (value instanceof Promise) value.catch(() => undefined);
  else for (const each of Object.values(value)) holdAll(each, seen);
}
