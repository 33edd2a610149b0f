/** Parses JSON text. Other text, and values that are no objects, are wrapped in an object. */
export function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : { value };
  } catch {
    return { text };
  }
}
