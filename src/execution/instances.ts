import type { RunContext } from '../context';
import type { Class, HandlerDefinition } from '../metadata';
import { fromContainer } from './container';
import type { ExecutionOptions } from './options';

/** A shared instance, or a function that gets one for each call. */
export type Provider<T extends object> =
  { readonly instance: T } | { readonly get: (ctx: RunContext) => T | Promise<T> };

// Handlers of one app share their controllers, guards, interceptors and filters; two apps share
// nothing. Hence one set of instances for each options object.
const instancesOf = new WeakMap<ExecutionOptions, Map<Class, object>>();

function sharedInstance<T extends object>(type: Class<T>, options: ExecutionOptions): T {
  let instances = instancesOf.get(options);
  if (instances === undefined) {
    instances = new Map();
    instancesOf.set(options, instances);
  }
  let instance = instances.get(type);
  if (instance === undefined) {
    instance = new type();
    instances.set(type, instance);
  }
  return instance as T;
}

/** Provides instances of a class: from the container for each call, or a shared one, made now. */
export function provide<T extends object>(type: Class<T>, options: ExecutionOptions): Provider<T> {
  const { container } = options;
  if (container === undefined) return { instance: sharedInstance(type, options) };
  return { get: (ctx) => fromContainer(container, type, ctx) };
}

export function provideController(
  definition: HandlerDefinition,
  options: ExecutionOptions,
): Provider<object> {
  const { instance, controller } = definition;
  return instance === undefined ? provide(controller, options) : { instance };
}
