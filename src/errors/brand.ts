type AnyClass = abstract new (...args: never[]) => object;

const ordinary = Function.prototype[Symbol.hasInstance] as (this: AnyClass, value: unknown) => boolean;

/**
 * Lets `instanceof` recognise objects of a class by a brand, so that those of a second copy of this
 * package are recognised too: a library brings its own, or a workspace installs two. Subclasses that an
 * application writes are compared as usual. It never throws, whatever is asked about.
 *
 * @param name Stable: other releases of the package brand by it too.
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
        return false; // a Proxy that does not want to be looked at
      }
    },
  });
}
