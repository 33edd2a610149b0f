const SHARED = { Object, Array, Function, String, Number, Boolean, Promise, Map, Set, Error };

/** Remembers the prototypes that all code shares; returns what tells how they differ from then. */
export function prototypes(): () => string[] {
  const before = fields();
  return () => {
    const now = fields();
    return [
      ...[...now].filter(([name, value]) => !before.has(name) || before.get(name) !== value),
      ...[...before].filter(([name]) => !now.has(name)),
    ].map(([name]) => name);
  };
}

function fields(): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [name, { prototype }] of Object.entries(SHARED)) {
    for (const key of Reflect.ownKeys(prototype)) {
      const { value, get } = Object.getOwnPropertyDescriptor(prototype, key) ?? {};
      found.set(`${name}.prototype.${String(key)}`, value ?? get);
    }
  }
  return found;
}
