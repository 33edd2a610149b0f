/**
 * The names of an error's classes. Errors of the SDK are recognised by name, because `instanceof` works only
 * for one of its CommonJS and ES modules.
 */
export function classNames(error: Error): string[] {
  const names = [error.name];
  for (let proto: unknown = Object.getPrototypeOf(error); proto instanceof Error;) {
    names.push(proto.constructor.name);
    proto = Object.getPrototypeOf(proto);
  }
  return names;
}
