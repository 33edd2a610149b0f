/**
 * Handles the rejections of all promises in what is thrown away: an unhandled one ends the process.
 * Builders run in browsers too and load nothing, hence not `holdPromises`.
 */
export function holdAll(value: unknown, seen = new Set()): void {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (value instanceof Promise) value.catch(() => undefined);
  else for (const each of Object.values(value)) holdAll(each, seen);
}
