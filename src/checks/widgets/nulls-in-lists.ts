/**
 * Where lists in a payload hold null, as JSON writes it: `cells.1`. Inside a widget nulls are left out, as
 * the reference does, so that later members move up.
 */
export function nullsInLists(payload: unknown): string[] {
  try {
    const text = JSON.stringify(payload) as string | undefined;
    return text === undefined ? [] : nullsIn(JSON.parse(text));
  } catch {
    return []; // no JSON: told where it is written
  }
}

function nullsIn(value: unknown, path?: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as Record<string, unknown>).flatMap(([key, each]) => {
    const place = path === undefined ? key : `${path}.${key}`;
    if (each === null) return Array.isArray(value) ? [place] : [];
    return nullsIn(each, place);
  });
}
