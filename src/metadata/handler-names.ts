import type { HandlerDeclaration, ParamSource } from './models';
import type { MethodLayer } from './method-layers';
import { classMetadata, type AnyFunction } from './own-metadata';

/** What decorators say of a method that is a handler. */
export interface HandlerMethod {
  readonly declarations: readonly HandlerDeclaration[];
  /** The declaration whose parameters the metadata describes. */
  readonly described: MethodLayer;
  readonly params: ReadonlyMap<number, ParamSource>;
}

/** Reads a method's layers; `undefined` when no decorator makes it a handler. */
export function handlerMethod(layers: readonly MethodLayer[]): HandlerMethod | undefined {
  const declaring = layers.at(-1);
  const declarations = declaring?.metadata?.handlers ?? [];
  if (declaring === undefined || declarations.length === 0) return undefined;
  // Parameters decorated again on an override count, else those beside the handler's decorator.
  const described = layers.find(({ metadata }) => (metadata?.params.size ?? 0) > 0) ?? declaring;
  return { declarations, described, params: described.metadata?.params ?? new Map<number, never>() };
}

/** The prefix of a controller: its own, else its nearest parent's. `undefined` for a class that is none. */
export function controllerPrefix(prototypes: readonly object[]): string | undefined {
  for (const { constructor } of prototypes) {
    const controller = classMetadata(constructor as AnyFunction)?.controller;
    if (controller !== undefined) return controller.prefix;
  }
  return undefined;
}

/**
 * The names and patterns of a handler as they are matched: the prefix stands before names and globs.
 * Names of action definitions and RegExps are whole as they are.
 */
export function patternsOf(declaration: HandlerDeclaration, prefix: string): readonly (string | RegExp)[] {
  const joined = declaration.patterns.map((pattern) =>
    typeof pattern === 'string' && prefix !== '' ? `${prefix}.${pattern}` : pattern,
  );
  return Object.freeze([...new Set([...declaration.definedNames, ...joined])]);
}
