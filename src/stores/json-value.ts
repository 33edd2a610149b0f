/** The JSON text of a value to store. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) {
    throw new TypeError(`A stored value must be JSON; a value of type "${typeof value}" is not.`);
  }
  return text;
}
