import type { HandlerDeclaration, ParamSource } from './models';
import type { MethodLayer } from './method-layers';
import { classMetadata, type AnyFunction } from './own-metadata';

/** The decorator metadata of a handler method. */
export interface HandlerMethod {
  readonly declarations: readonly HandlerDeclaration[];
  /** The method layer whose parameters `params` describes. */
  readonly described: MethodLayer;
  readonly params: ReadonlyMap<number, ParamSource>;
}

/** Reads a method's layers; `undefined` if it has no handler decorator. */
export function handlerMethod(layers: readonly MethodLayer[]): HandlerMethod | undefined {
  const declaring = layers.at(-1);
  const declarations = declaring?.metadata?.handlers ?? [];
  if (declaring === undefined || declarations.length === 0) return undefined;
  // An override's parameter decorators win, else those of the method with the handler decorator.
  const described = layers.find(({ metadata }) => (metadata?.params.size ?? 0) > 0) ?? declaring;
  return { declarations, described, params: described.metadata?.params ?? new Map<number, never>() };
}

/** A controller's prefix: its own, else its nearest parent's. `undefined` without `@ChatController`. */
export function controllerPrefix(prototypes: readonly object[]): string | undefined {
  for (const { constructor } of prototypes) {
    const controller = classMetadata(constructor as AnyFunction)?.controller;
    if (controller !== undefined) return controller.prefix;
  }
  return undefined;
}

/**
 * The final names and patterns of a handler: names and globs get the prefix. Names from action definitions,
 * and RegExps, do not.
 */
export function patternsOf(declaration: HandlerDeclaration, prefix: string): readonly (string | RegExp)[] {
  const joined = declaration.patterns.map((pattern) =>
    typeof pattern === 'string' && prefix !== '' ? `${prefix}.${pattern}` : pattern,
  );
  return Object.freeze([...new Set([...declaration.definedNames, ...joined])]);
}
