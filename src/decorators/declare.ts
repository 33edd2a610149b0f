import { changeMethodMetadata, type HandlerDeclaration } from '../metadata';
import type { MethodDecoration } from './decoration';
import { methodPlace } from './place';

/** Creates a decorator that adds a handler declaration to its method. `make` checks the arguments. */
export function declares(decorator: string, make: (where: string) => HandlerDeclaration): MethodDecoration {
  return (target: unknown, keyOrContext: unknown, descriptor?: unknown) => {
    const place = methodPlace(decorator, target, keyOrContext, descriptor);
    const declaration = Object.freeze(make(place.where));
    // Decorators run bottom-up, so each declaration is added in front, to keep the order in the source.
    changeMethodMetadata(place.target, ({ handlers }) => ({
      handlers: Object.freeze([declaration, ...handlers]),
    }));
  };
}
