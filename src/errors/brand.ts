type AnyClass = abstract new (...args: never[]) => object;

const ordinary = Function.prototype[Symbol.hasInstance] as (this: AnyClass, value: unknown) => boolean;

/**
 * Makes `instanceof` recognise objects of a class by a brand. So it also recognises those of a second copy
 * of this package, which a library or workspace may have installed. Subclasses in an application are
 * compared as usual. `instanceof` never throws, whatever its left operand is.
 *
 * @param name must stay stable: other releases of the package use the same name
 *
 * @example
 * class NotFoundError extends ChatError {
 *   static {
 *     brand(this, 'NotFoundError');
 *   }
 * }
 */
export function brand(type: AnyClass, name: string): void {
  const mark = Symbol.for(`chatkit-controllers.class.${name}`);
  Object.defineProperty(type.prototype, mark, { value: true });
  Object.defineProperty(type, Symbol.hasInstance, {
    value(this: AnyClass, value: unknown): boolean {
      if (typeof value !== 'object' || value === null) return false;
      try {
        // A subclass inherits this method.
        return this === type ? mark in value : ordinary.call(this, value);
      } catch {
        return false; // a Proxy whose traps throw
      }
    },
  });
}
