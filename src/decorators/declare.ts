import { changeMethodMetadata, type HandlerDeclaration } from '../metadata';
import type { MethodDecoration } from './decoration';
import { methodPlace } from './place';

/** A decorator that adds one handler declaration to its method. `make` checks the arguments. */
export function declares(decorator: string, make: (where: string) => HandlerDeclaration): MethodDecoration {
  return (target: unknown, keyOrContext: unknown, descriptor?: unknown) => {
    const place = methodPlace(decorator, target, keyOrContext, descriptor);
    const declaration = Object.freeze(make(place.where));
    // Decorators run from the method upwards; in front puts them back into the order of reading.
    changeMethodMetadata(place.target, ({ handlers }) => ({
      handlers: Object.freeze([declaration, ...handlers]),
    }));
  };
}
