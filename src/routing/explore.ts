import {
  classMetadata,
  controllerPrefix,
  handlerMethod,
  isClass,
  methodLayers,
  methodNames,
  patternsOf,
  prototypesOf,
  type AnyFunction,
  type Class,
  type ClassMetadata,
  type HandlerDefinition,
  type MethodLayer,
} from '../metadata';

/** A controller as the scanner found it. */
export interface ControllerDefinition {
  readonly type: Class;
  readonly instance: object | undefined;
  /** Whether the class, or one of its parents, has `@ChatController`. */
  readonly decorated: boolean;
  readonly handlers: readonly HandlerDefinition[];
  /** Methods with decorators of this package, but without a handler decorator. */
  readonly strays: readonly string[];
}

/** The properties that all handlers of a controller share. */
interface Owner {
  readonly type: Class;
  readonly instance: object | undefined;
  readonly prefix: string;
  /** The metadata of the class and its parents, its own first. */
  readonly classes: readonly ClassMetadata[];
}

// `Reflect.getOwnMetadata` exists if the app has loaded reflect-metadata.
const reflect = Reflect as {
  getOwnMetadata?: (key: string, target: object, property: string | symbol) => unknown;
};

function emittedTypes({ prototype }: MethodLayer, name: string | symbol): readonly unknown[] | undefined {
  const types = reflect.getOwnMetadata?.('design:paramtypes', prototype, name);
  return Array.isArray(types) ? types : undefined;
}

function definitionsOf(
  owner: Owner,
  name: string | symbol,
  layers: readonly MethodLayer[],
): HandlerDefinition[] {
  const handler = handlerMethod(layers);
  const running = layers[0];
  if (handler === undefined || running === undefined) return [];
  const { declarations, described, params } = handler;
  const methods = layers.map(({ metadata }) => metadata).filter((metadata) => metadata !== undefined);
  const innermostFirst = [...methods, ...owner.classes];
  const outermostFirst = [...innermostFirst].reverse();
  const shared = {
    controller: owner.type,
    instance: owner.instance,
    method: name,
    where: `${owner.type.name}.${String(name)}`,
    implementation: running.method,
    signature: described.method,
    params,
    paramTypes: emittedTypes(described, name),
    guards: Object.freeze(outermostFirst.flatMap(({ guards }) => guards)),
    interceptors: Object.freeze(outermostFirst.flatMap(({ interceptors }) => interceptors)),
    filters: Object.freeze(innermostFirst.flatMap(({ filters }) => filters)),
  };
  return declarations.map((declaration) =>
    Object.freeze({ ...shared, declaration, patterns: patternsOf(declaration, owner.prefix) }),
  );
}

/** The class of a controller that is given as a class or as an instance; `undefined` for anything else. */
export function controllerClass(controller: unknown): Class | undefined {
  if (isClass(controller)) return controller;
  if (typeof controller !== 'object' || controller === null) return undefined;
  const type: unknown = controller.constructor;
  return isClass(type) && type !== (Object as unknown) && !Array.isArray(controller) ? type : undefined;
}

/**
 * Reads the metadata that decorators wrote on a controller and its parents. Returns plain data: nothing is
 * checked, instantiated or called here.
 */
export function explore(type: Class, instance?: object): ControllerDefinition {
  const prototypes = prototypesOf(
    instance === undefined ? (type.prototype as object) : (Object.getPrototypeOf(instance) as object),
  );
  const classes = prototypes
    .map(({ constructor }) => classMetadata(constructor as AnyFunction))
    .filter((metadata) => metadata !== undefined);
  const prefix = controllerPrefix(prototypes);
  const owner: Owner = { type, instance, prefix: prefix ?? '', classes };

  const handlers: HandlerDefinition[] = [];
  const strays: string[] = [];
  for (const name of methodNames(prototypes)) {
    const layers = methodLayers(prototypes, name);
    const found = definitionsOf(owner, name, layers);
    handlers.push(...found);
    if (found.length === 0 && layers.some(({ metadata }) => metadata !== undefined))
      strays.push(String(name));
  }
  return Object.freeze({
    type,
    instance,
    decorated: prefix !== undefined,
    handlers: Object.freeze(handlers),
    strays,
  });
}
