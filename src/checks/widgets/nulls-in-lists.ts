/**
 * The paths of nulls in a payload's lists, as JSON writes them: `cells.1`. Nulls inside a widget are left
 * out, as in the reference implementation, so later entries move up.
 */
export function nullsInLists(payload: unknown): string[] {
  try {
    const text = JSON.stringify(payload) as string | undefined;
    return text === undefined ? [] : nullsIn(JSON.parse(text));
  } catch {
    return []; // not JSON: reported where the widget is written
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
